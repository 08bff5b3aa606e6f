/**
 * Runs Tillgate in this process. Standard output is for the announcement, standard error for the log.
 * The first SIGTERM or SIGINT drains and stops; a second one stops at once. SIGHUP reads the server
 * certificate's files again.
 */
import { openNode, pinoLog } from '@tillgate/gateway'

import { readConfig } from '../start/config.js'
import { run } from '../start/run.js'
import { checkServerCertificate } from '../start/server-certificate.js'
import { fail } from './fail.js'

export const startProcess = async ({ json }: { readonly json: boolean }): Promise<void> => {
  const config = readConfig({ ...process.env, ...(json ? { TILLGATE_JSON: '1' } : {}) })
  checkServerCertificate(config)
  const log = pinoLog({ level: config.logLevel, stream: process.stderr })
  const running = await run(
    config,
    () => openNode({ ...config.node, log }),
    (text) => process.stdout.write(text),
  )
  const end = (signal: string): void => {
    log.info('ending', { signal })
    running.end().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', () => {
    log.info('looking at the server certificate again', { signal: 'SIGHUP' })
    void running.lookAgain()
  })
}

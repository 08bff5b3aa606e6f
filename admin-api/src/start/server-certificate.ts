/**
 * The certificate that an operator gives, looked at before a start, so that what is wrong with it is said
 * by the variable's name. The node looks again by itself, then and later.
 */
import { readFileSync } from 'node:fs'
import { lookAtGiven, systemClock, wantedNames } from '@tillgate/gateway'

import type { Config } from './config.js'
import { ConfigError } from './variables.js'

const variables = {
  certificate: 'TILLGATE_SERVER_CERT_FILE',
  key: 'TILLGATE_SERVER_KEY_FILE',
} as const

const readText = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = (error as { code?: string }).code ?? 'unreadable'
    throw new ConfigError(variable, `names a file that can't be read (${reason})`)
  }
}

export const checkServerCertificate = ({ node }: Pick<Config, 'node'>): void => {
  const { serverCertificate: files, serverCas: roots = [] } = node
  if (files === undefined) return
  const cert = readText(variables.certificate, files.certFile)
  const key = readText(variables.key, files.keyFile)
  const looked = lookAtGiven({ cert, key }, { ...wantedNames(node), roots }, systemClock.now())
  if (!looked.ok) throw new ConfigError(variables[looked.about], looked.rule)
}

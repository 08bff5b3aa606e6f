/** The server certificate that the operator gives in files: whether it can be shown, and when it ends. */
import type { X509Certificate } from 'node:crypto'
import type { EpochMs } from '../../core/ports/system.js'
import { certificatesOf, lookAtFiles, type ServerFiles } from '../../pki/index.js'
import type { NodeConfig } from '../config.js'
import { wantedNames } from '../names.js'
import { ending, fail, warn, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

const check = 'server certificate'

export const givenCertificate = async (
  files: ServerFiles,
  config: NodeConfig,
  nowMs: EpochMs,
): Promise<readonly Finding[]> => {
  const wanted = { ...wantedNames(config), roots: config.serverCas ?? [] }
  const { looked } = await lookAtFiles(files, wanted, nowMs)
  if (!looked.ok) {
    const file = looked.about === 'key' ? files.keyFile : files.certFile
    return [fail(check, `${file} ${looked.rule}`)]
  }
  const { leaf, unnamed } = looked
  const leftMsWarn = doctorLimits.certificateLeftMsWarn
  const ends = ending(check, leaf, { nowMs, leftMsWarn })
  if (unnamed.length === 0) return [ends]
  return [ends, warn(check, `does not name ${unnamed.join(', ')} of TILLGATE_PUBLIC_HOST`)]
}

/** CAs beside our own whose certificates a node of this configuration may show. */
export const rootsOf = ({ serverCas = [] }: NodeConfig): readonly X509Certificate[] =>
  serverCas.flatMap((pem) => certificatesOf(pem) ?? [])

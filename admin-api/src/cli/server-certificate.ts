/**
 * `tillgate server-certificate`: a certificate by Tillgate's CA for a server beside Tillgate, as files: its
 * chain, its key (0600, where it is made here), and the CA that its clients are to trust.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueServerCertificate, pinoLog } from '@tillgate/gateway'

import { readConfig } from '../start/config.js'
import { ConfigError } from '../start/variables.js'

export interface ServerCertificateOptions {
  readonly name: readonly string[]
  readonly days: number
  readonly out: string
  readonly csr?: string
  readonly replace: boolean
}

const files = { key: 'server.key', chain: 'server.pem', ca: 'ca.pem' } as const
const secretMode = 0o600
const publicMode = 0o644

const write = (path: string, text: string, mode: number): void => {
  const draft = `${path}.new`
  writeFileSync(draft, text, { mode, flag: 'w' })
  renameSync(draft, path)
}

const requestIn = (file: string | undefined): string | undefined => {
  if (file === undefined) return undefined
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new ConfigError('--csr', 'names a file that is not there')
}

export const serverCertificate = async (options: ServerCertificateOptions): Promise<void> => {
  const { name: names, days, out, replace } = options
  const at = (file: string): string => join(out, file)
  if (!replace && (existsSync(at(files.chain)) || existsSync(at(files.key)))) {
    throw new ConfigError(
      '--out',
      `${out} holds a certificate: --replace it, or name another folder`,
    )
  }
  const csrPem = requestIn(options.csr)
  const { node } = readConfig(process.env)
  const log = pinoLog({ level: 'warn', stream: process.stderr })
  const order = { names, days, ...(csrPem === undefined ? {} : { csrPem }) }
  const issued = await issueServerCertificate({ ...node, log }, order)
  if (!issued.ok) throw new ConfigError(`--${issued.option}`, issued.rule)
  mkdirSync(out, { recursive: true })
  const { certPem, keyPem, caPem } = issued
  if (keyPem !== undefined) write(at(files.key), keyPem, secretMode)
  write(at(files.chain), certPem, publicMode)
  write(at(files.ca), caPem, publicMode)
  const made = keyPem === undefined ? [files.chain, files.ca] : [files.key, files.chain, files.ca]
  process.stdout.write(`Issued for ${names.join(', ')}: ${made.map(at).join(', ')}\n`)
}

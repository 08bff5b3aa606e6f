/**
 * Makes what the Mosquitto of docker-compose.yml reads, as files in one folder: its configuration and rules
 * (examples/brokers/mosquitto, as they stand), its certificate by Tillgate's CA, the CA of the terminals,
 * and the gateways' password, hashed. Run again, it renews a certificate that ends within 30 days and
 * leaves one that does not. Arguments: the folder, the file of the password, the broker's names.
 */
import { spawnSync } from 'node:child_process'
import { pbkdf2Sync, randomBytes, X509Certificate } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder, passwordFile, ...names] = process.argv.slice(2)
if (folder === undefined || passwordFile === undefined || names.length === 0) {
  throw new Error('usage: make-broker-files.mjs <folder> <password file> <name> [<name> …]')
}

const gatewayUser = 'gateway@tillgate'
const renewedBeforeMs = 30 * 86_400_000
const examples = fileURLToPath(new URL('../brokers/mosquitto', import.meta.url))
const tillgate = fileURLToPath(new URL('../../../admin-api/bin/tillgate.js', import.meta.url))
const at = (name) => join(folder, name)

const write = (name, text) => {
  writeFileSync(`${at(name)}.new`, text, { mode: 0o600 })
  renameSync(`${at(name)}.new`, at(name))
}

const isLasting = () => {
  if (!existsSync(at('server.pem')) || !existsSync(at('server.key'))) return false
  const { validTo } = new X509Certificate(readFileSync(at('server.pem')))
  return Date.parse(validTo) - Date.now() > renewedBeforeMs
}

const issueCertificate = () => {
  const named = names.flatMap((name) => ['--name', name])
  const order = ['server-certificate', ...named, '--out', folder, '--replace']
  const { status } = spawnSync(process.execPath, [tillgate, ...order], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** As `mosquitto_passwd` of Mosquitto 2 writes it: `$7$iterations$salt$PBKDF2-HMAC-SHA-512`. */
const hashed = (password) => {
  const iterations = 10_000
  const salt = randomBytes(12)
  const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512')
  return `$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`
}

mkdirSync(folder, { recursive: true })
if (!isLasting()) issueCertificate()
for (const name of ['mosquitto.conf', 'terminals.acl', 'gateways.acl']) {
  copyFileSync(join(examples, name), at(name))
}
write('terminals-ca.pem', readFileSync(at('ca.pem')))
write('gateways.passwd', `${gatewayUser}:${hashed(readFileSync(passwordFile, 'utf8').trim())}\n`)

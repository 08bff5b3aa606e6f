/**
 * Makes the secrets of docker-compose.yml as files, once: what is there is left as it is. Argument: the
 * folder. Passwords are drawn here and seen by nobody.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: make-secrets.mjs <folder>')
mkdirSync(folder, { recursive: true })

/** The secret of this name; made by `make` where there is none. Readable by the services of this file. */
const secret = (name, make) => {
  const file = join(folder, name)
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, make(), { mode: 0o444 })
    renameSync(`${file}.new`, file)
    console.log(`made ${name}`)
  }
  return readFileSync(file, 'utf8')
}

const drawn = () => randomBytes(32).toString('hex')

const database = secret('database-password', drawn)
const redis = secret('redis-password', drawn)
secret('sealing-key', drawn)
secret('broker-password', drawn)
secret('database-url', () => `postgres://tillgate:${database}@postgres:5432/tillgate`)
secret('redis-url', () => `redis://:${redis}@valkey:6379`)
secret('valkey.conf', () =>
  [
    'bind 0.0.0.0',
    `requirepass ${redis}`,
    'save ""',
    'appendonly no',
    'maxmemory 512mb',
    'maxmemory-policy noeviction',
    '',
  ].join('\n'),
)

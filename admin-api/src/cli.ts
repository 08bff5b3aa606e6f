/**
 * The command line: `tillgate start` runs gateway and API in this process, configured by environment
 * variables (README.md); `tillgate openapi` prints the API's document; the others look after the records.
 */
import { Command } from 'commander'

import { backup, restore, type BackupOptions } from './cli/backup.js'
import { databaseUrlOf, databaseUrlOption, postgresUrl } from './cli/database-url.js'
import { doctor, type DoctorOptions } from './cli/doctor.js'
import { verifyEvidence, type VerifyEvidenceOptions } from './cli/evidence.js'
import { fail } from './cli/fail.js'
import { migrateRecords, type MigrateOptions } from './cli/migrate.js'
import { detachPartition, listPartitions } from './cli/partitions.js'
import { rotateSealingKey, sealingKeyStatus } from './cli/sealing-key.js'
import { serverCertificate, type ServerCertificateOptions } from './cli/server-certificate.js'
import { startProcess } from './cli/start-process.js'
import { upgradeRecords } from './cli/upgrade-records.js'
import { openApiText } from './openapi-text.js'

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value]

const program = new Command('tillgate').description('Terminal management for acquirers')

program
  .command('start', { isDefault: true })
  .description('run gateway and API in this process')
  .option('--json', 'print one JSON line when ready, for scripts', false)
  .action(({ json }: { readonly json: boolean }) => startProcess({ json }))

program
  .command('openapi')
  .description('print the OpenAPI document')
  .action(async () => {
    process.stdout.write(`${await openApiText()}\n`)
  })

program
  .command('migrate')
  .description(
    'copy the records of a data folder into an empty PostgreSQL database, and check them',
  )
  .requiredOption('--from <folder>', 'the data folder; no Tillgate may have it open')
  .requiredOption('--to <url>', 'postgres://…', postgresUrl)
  .option('--json', 'print the report as one JSON line', false)
  .action((options: MigrateOptions) => migrateRecords(options))

program
  .command('doctor')
  .description('look at everything that a node needs, and say in plain words how it is')
  .option('--json', 'print the findings as one JSON line', false)
  .action((options: DoctorOptions) => doctor(options))

program
  .command('evidence')
  .description('the evidence of an unbind case')
  .command('verify <file>')
  .description('check it, with nothing but public keys; no server is asked')
  .option('--checkpoint-key <file>', 'the verifier key, as /v1/audit/verifier-key gave it')
  .option('--ca <file>', 'who issues certificates to terminals, PEM')
  .option('--json', 'print the verdict as one JSON line', false)
  .action((file: string, options: VerifyEvidenceOptions) => verifyEvidence(file, options))

program
  .command('backup <folder>')
  .description('copy the records of the data folder into a new folder, while Tillgate may run')
  .option('--json', 'print what was copied as one JSON line', false)
  .action((folder: string, options: BackupOptions) => backup(folder, options))

program
  .command('restore <folder>')
  .description('put a backup into a data folder that has no records')
  .option('--json', 'print what was restored as one JSON line', false)
  .action((folder: string, options: BackupOptions) => restore(folder, options))

const sealingKey = program
  .command('sealing-key')
  .description('the key under which the secrets in the records are sealed')

sealingKey
  .command('status')
  .description('which keys there are, what lies under each, and which may be removed')
  .option('--json', 'print them as one JSON line', false)
  .action((options: { readonly json: boolean }) => sealingKeyStatus(options))

sealingKey
  .command('rotate')
  .description('put a new key in the place of the one that the data folder keeps')
  .action(() => rotateSealingKey())

program
  .command('server-certificate')
  .description("issue a certificate by Tillgate's CA for a server beside it: a broker, a balancer")
  .option('--name <host>', 'a name or address that it is for; again for each', several, [])
  .option('--days <number>', 'how long it lasts', Number, 90)
  .option('--csr <file>', 'a request (PKCS #10, PEM) whose key it is for; else a key is made')
  .option('--replace', 'in the place of the one that is there', false)
  .requiredOption('--out <folder>', 'where server.pem, server.key and ca.pem are written')
  .action((options: ServerCertificateOptions) => serverCertificate(options))

interface OfDatabase {
  readonly databaseUrl?: string
  readonly json?: boolean
}

program
  .command('records')
  .description('look after the schema of a PostgreSQL database')
  .command('migrate')
  .description('bring the schema up to this program')
  .addOption(databaseUrlOption)
  .action(({ databaseUrl }: OfDatabase) => upgradeRecords(databaseUrlOf(databaseUrl)))

const partitions = program
  .command('partitions')
  .description('the monthly partitions of a PostgreSQL database')

partitions
  .command('list')
  .description('what there is, and what may be detached')
  .addOption(databaseUrlOption)
  .option('--json', 'print them as one JSON line', false)
  .action(({ databaseUrl, json }: OfDatabase) =>
    listPartitions(databaseUrlOf(databaseUrl), json === true),
  )

partitions
  .command('detach <name>')
  .description(
    'make a partition that is over, and that every reader has passed, a table of its own',
  )
  .addOption(databaseUrlOption)
  .action((name: string, { databaseUrl }: OfDatabase) =>
    detachPartition(databaseUrlOf(databaseUrl), name),
  )

await program.parseAsync().catch(fail)

/**
 * A doctor: looks at everything that a node needs, with the node running or not, and says in plain words how
 * it is. It changes nothing, but for a file that it writes to time an fsync and removes. Whatever one check
 * runs into is a finding of that check; the others go on.
 */
import { listenerLimits } from '../../adapters/link/listener/limits.js'
import type { NodeConfig, NodeOverrides } from '../config.js'
import { machineOf } from '../machine.js'
import { acquirersSystems, databaseClock } from './clocks.js'
import { coordination } from './coordination.js'
import { dataFolder } from './data-folder.js'
import { fail, skipped, type Finding } from './finding.js'
import { nodeVersion } from './node-version.js'
import { readSealer } from '../../pki/index.js'
import { sealingConfigOf } from '../sealing-config.js'
import { olderKeys, sealingKeyStatus } from './sealing-keys.js'
import { openFiles } from './open-files.js'
import { portsToTake, type PortToTake } from './ports.js'
import { examineRecords } from './records.js'
import { caCertificate, casIn, issuedCertificate, offlineRoot, sealingKey } from './secrets.js'
import { givenCertificate, rootsOf } from './server-certificate.js'

type Looked = Finding | readonly Finding[]

/** What it throws is said as a finding: a doctor has to come to the end of the list. */
const safely = async (
  check: string,
  look: () => Looked | Promise<Looked>,
): Promise<readonly Finding[]> => {
  try {
    return [await look()].flat()
  } catch (error) {
    return [fail(check, `could not be looked at: ${String(error)}`)]
  }
}

const portsOf = ({ link = 'listener', listener }: NodeConfig): readonly PortToTake[] =>
  link === 'listener'
    ? [
        { name: 'MQTT over TLS', host: listener.host, port: listener.mqttsPort },
        { name: 'MQTT over WSS', host: listener.host, port: listener.wssPort },
      ]
    : []

export const examineNode = async (
  config: NodeConfig,
  apiPort: { readonly host: string; readonly port: number },
  /** As Node names it. */
  version: string,
  overrides: NodeOverrides = {},
): Promise<readonly Finding[]> => {
  const machine = machineOf(overrides)
  const { clock, timers, entropy } = machine
  const { glance, findings } = await examineRecords(config, timers)
  const vault = glance?.vault
  const sealing = sealingConfigOf(config)
  const ports = [...portsOf(config), { name: 'API', ...apiPort }]
  const connectionsMax = config.listener.limits?.connectionsMax ?? listenerLimits.connectionsMax
  const unseen = (check: string): Finding => skipped(check, 'the records can not be looked at')
  const looks = await Promise.all([
    safely('Node', () => nodeVersion(version)),
    safely('data folder', () => dataFolder(config.dataFolder, clock)),
    Promise.resolve(findings),
    safely('sealing key', () =>
      vault === undefined ? unseen('sealing key') : sealingKey(sealing, vault, entropy),
    ),
    safely('older sealing keys', () =>
      glance === undefined
        ? unseen('older sealing keys')
        : olderKeys(sealingKeyStatus(readSealer(sealing, entropy), glance.sealed)),
    ),
    safely('CA certificate', () =>
      vault === undefined ? unseen('CA certificate') : caCertificate(vault, clock.now()),
    ),
    safely('server certificate', () => {
      const files = config.serverCertificate
      if (files !== undefined) return givenCertificate(files, config, clock.now())
      return vault === undefined
        ? unseen('server certificate')
        : issuedCertificate(vault, clock.now())
    }),
    safely('offline root', () => offlineRoot(config.dataFolder)),
    safely('ports', () => portsToTake(ports, [...casIn(vault ?? []), ...rootsOf(config)], timers)),
    safely('open files', () => openFiles(connectionsMax)),
    safely('Redis', () => coordination(config, machine)),
    safely('clock, database', () => databaseClock(glance?.serverNowMs, clock.now())),
    safely("the acquirer's systems", () => acquirersSystems(config, clock)),
  ])
  return looks.flat()
}

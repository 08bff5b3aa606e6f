// The Mosquitto example that operators get, as it stands, on a private Mosquitto: only paths, ports and
// the place of its memory are others.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startMosquitto, tempFolder, type Mosquitto } from '../ground/index.js'

const example = (name: string): string =>
  readFileSync(new URL(`../../gateway/examples/brokers/mosquitto/${name}`, import.meta.url), 'utf8')

export const gatewayUser = { username: 'gateway@tillgate', password: 'a password of the test' }

export interface Ports {
  readonly terminals: number
  readonly gateways: number
}

export interface BrokerCertificate {
  readonly key: string
  readonly cert: string
  /** Of the terminals, and of the broker's own certificate. */
  readonly ca: string
}

export const brokerPorts = async (): Promise<Ports> => {
  const [terminals, gateways] = await Promise.all([freePort(), freePort()])
  return { terminals, gateways }
}

const passwords = (): string => {
  const file = join(tempFolder('passwords'), 'gateways.passwd')
  writeFileSync(file, `${gatewayUser.username}:${gatewayUser.password}\n`)
  chmodSync(file, 0o600)
  execFileSync('mosquitto_passwd', ['-U', file], { stdio: 'ignore' })
  return readFileSync(file, 'utf8')
}

export const startExampleMosquitto = (
  { terminals, gateways }: Ports,
  { key, cert, ca }: BrokerCertificate,
): Promise<Mosquitto> =>
  startMosquitto({
    port: gateways,
    files: {
      'terminals-ca.pem': ca,
      'server.pem': cert,
      'server.key': key,
      'gateways.passwd': passwords(),
      'terminals.acl': example('terminals.acl'),
      'gateways.acl': example('gateways.acl'),
    },
    conf: (folder) =>
      example('mosquitto.conf')
        .replaceAll('/etc/mosquitto/tillgate', folder)
        .replace('/var/lib/mosquitto', folder)
        .replace('listener 8883', `listener ${String(terminals)} 127.0.0.1`)
        .replace('listener 8884', `listener ${String(gateways)} 127.0.0.1`),
  })

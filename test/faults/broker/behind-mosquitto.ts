/** The Mosquitto of the examples for nodes in processes of their own, and what such a node is told of it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayNode } from '@tillgate/gateway'

import { brokerPorts, gatewayUser, startExampleMosquitto } from '../../broker/example-mosquitto.js'
import type { Ports } from '../../broker/example-mosquitto.js'
import { tempFolder, type Mosquitto } from '../../ground/index.js'

export interface BehindMosquitto {
  readonly mosquitto: Mosquitto
  readonly ports: Ports
  readonly environment: Readonly<Record<string, string>>
}

/** `maker` has made the CA that the broker trusts and has its certificate from. */
export const startBehindMosquitto = async (maker: GatewayNode): Promise<BehindMosquitto> => {
  const ports = await brokerPorts()
  const ca = maker.services.caPem
  const caFile = join(tempFolder('broker-ca'), 'ca.pem')
  writeFileSync(caFile, ca)
  const mosquitto = await startExampleMosquitto(ports, { ...maker.serverTls, ca })
  const environment = {
    TILLGATE_LINK: 'broker',
    TILLGATE_BROKER_URL: `mqtts://localhost:${String(ports.gateways)}`,
    TILLGATE_BROKER_CA_FILE: caFile,
    TILLGATE_BROKER_USERNAME: gatewayUser.username,
    TILLGATE_BROKER_PASSWORD: gatewayUser.password,
  }
  return { mosquitto, ports, environment }
}

/** SIGKILL, and everything that it kept of sessions and messages is gone. */
export const brokerForgets = async (mosquitto: Mosquitto): Promise<void> => {
  await mosquitto.kill()
  mosquitto.forget()
  await mosquitto.start()
}

/** In order: sessions are kept. */
export const brokerRestarts = async (mosquitto: Mosquitto): Promise<void> => {
  await mosquitto.stop()
  await mosquitto.start()
}

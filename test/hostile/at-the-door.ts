// One attempt to come in: whose certificate, which client id, which will; and what must come of it. The
// table is the cross product; what is expected is said by rules of the protocol, not by the product.
import { connect } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { generate, type IConnectPacket } from 'mqtt-packet'
import { waitFor } from '../ground/index.js'
import { RawClient, type Version } from '../listener/raw-client.js'
import type { Stage } from '../e2e/stage.js'
import type { Identity } from './wallet.js'

export interface WillKind {
  readonly name: string
  readonly will: ((sn: string) => NonNullable<IConnectPacket['will']>) | undefined
  /** By the words of MQTT 5 and of 3.1.1; undefined where it may be. */
  readonly refused: { readonly 5: string; readonly 4: string; readonly early: boolean } | undefined
}

export interface DoorAttempt {
  readonly identity: Identity
  readonly clientId: { readonly name: string; readonly of: (own: string) => string }
  readonly will: WillKind
  readonly version: Version
}

export const clientIdsOf = (victim: string): readonly DoorAttempt['clientId'][] => [
  { name: 'its own', of: (own) => own },
  { name: 'the victim’s', of: () => victim },
  { name: 'none', of: () => '' },
  { name: 'in another case', of: (own) => own.toLowerCase() },
  { name: 'with something behind it', of: (own) => `${own}-1` },
  { name: 'with something before it', of: (own) => `0${own}` },
  { name: 'cut short', of: (own) => own.slice(0, -1) },
  // Cyrillic, and a space of no width.
  { name: 'that looks alike', of: (own) => own.replace('E', 'Е').replace('-', '\u200b-') },
]

/** What the door says to it: the order of the listener's read-me, which terminals may rely on. */
export const expectedAtTheDoor = ({ identity, clientId, will, version }: DoorAttempt): string => {
  const say = (five: string, three: string): string => (version === 5 ? five : three)
  if (identity.cert === undefined) return 'shut'
  const id = clientId.of(identity.sn)
  if (id === '') return say('0x85', '0x2')
  if (will.refused?.early === true) return will.refused[version]
  if (!identity.lives) return say('0x87', '0x5')
  if (id !== identity.sn) return say('0x85', '0x2')
  return will.refused === undefined ? 'in' : will.refused[version]
}

export const dialAs = (
  stage: Stage,
  { key, cert }: Pick<Identity, 'key' | 'cert'>,
  version: Version,
  options: ConnectionOptions = {},
): RawClient => {
  const socket = connect({
    host: '127.0.0.1',
    servername: 'localhost',
    port: stage.node.ports.mqtts,
    ca: stage.services.caPem,
    ...(key === undefined || cert === undefined ? {} : { key, cert }),
    ...options,
  })
  return new RawClient(socket, version)
}

/** `in`, `shut`, or the code of its CONNACK. */
export const answerTo = async (client: RawClient, packet: IConnectPacket): Promise<string> => {
  client.socket.write(generate(packet, { protocolVersion: client.version }))
  const connack = await waitFor(
    () =>
      client.packets.find(({ cmd }) => cmd === 'connack') ?? (client.isClosed ? 'shut' : undefined),
    { what: 'a word from the door' },
  )
  if (connack === 'shut' || connack.cmd !== 'connack') return 'shut'
  const code = (client.version === 5 ? connack.reasonCode : connack.returnCode) ?? 0
  return code === 0 ? 'in' : `0x${code.toString(16)}`
}

export const tryTheDoor = async (
  stage: Stage,
  attempt: DoorAttempt,
): Promise<{ readonly client: RawClient; readonly said: string }> => {
  const { identity, clientId, will, version } = attempt
  const client = dialAs(stage, identity, version)
  const said = await answerTo(client, {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: version,
    clientId: clientId.of(identity.sn),
    clean: true,
    keepalive: 60,
    ...(will.will === undefined ? {} : { will: will.will(identity.sn) }),
  })
  return { client, said }
}

/**
 * A terminal without a machine behind it: an enrolled key, MQTT, and whatever bytes a test wants to say.
 * It can open a session as the protocol asks, and then break any rule it likes.
 */
import { once } from 'node:events'
import { connect } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { makeCsr } from '@tillgate/device-sim'
import type { Enrolled } from '@tillgate/gateway'
import {
  encodeUplink,
  macBody,
  parseDownlink,
  parseEnvelope,
  sessionKey,
  signBody,
  stateTopic,
  upTopic,
} from '@tillgate/protocol'
import type {
  DownlinkKind,
  DownlinkMessage,
  Hello,
  PrivateKeyHandle,
  SignatureAuth,
  UplinkMessage,
} from '@tillgate/protocol'
import { generatePrivateKey, keyObjectOf, nodePrimitives } from '@tillgate/protocol/node'
import { randomBytes } from 'node:crypto'

import { waitFor } from '../ground/index.js'
import { connectPacket, RawClient, subscribeDown, type Version } from '../listener/raw-client.js'
import { certificateFor, registerTerminal } from './enrolled.js'
import { patienceMs, type Stage } from './stage.js'

export interface Stranger {
  readonly sn: string
  readonly terminalId: number
  readonly key: PrivateKeyHandle
  readonly keyPem: string
  readonly enrolled: Enrolled
  /** It is never switched off. */
  readonly bootId: Uint8Array
}

/** Registered and enrolled, no more. */
export const makeStranger = async (
  { services }: Pick<Stage, 'services'>,
  sn: string,
): Promise<Stranger> => {
  const terminalId = await registerTerminal(services, sn)
  const key = generatePrivateKey('ES256')
  const enrolled = await certificateFor(services, sn, makeCsr(key, sn))
  const keyPem = keyObjectOf(key).export({ format: 'pem', type: 'pkcs8' }).toString()
  const bootId = new Uint8Array(randomBytes(16))
  return { sn, terminalId, key, keyPem, enrolled, bootId }
}

/** Where a node listens: a stage's, or one in a process of its own. */
export interface Door {
  readonly node: { readonly ports: { readonly mqtts: number; readonly wss: number } }
}

/** Through TLS, and no further; the socket is the caller's to end. */
export const dial = async (
  stage: Door,
  { keyPem, enrolled }: Stranger,
  options: ConnectionOptions & { readonly version?: Version } = {},
): Promise<RawClient> => {
  const { version = 5, ...more } = options
  const socket = connect({
    host: 'localhost',
    servername: 'localhost',
    port: stage.node.ports.mqtts,
    key: keyPem,
    cert: enrolled.certificatePem + enrolled.chainPem,
    ca: enrolled.chainPem,
    ...more,
  })
  const client = new RawClient(socket, version)
  await once(socket, 'secureConnect')
  return client
}

export interface Said {
  readonly message: UplinkMessage
  readonly sn?: string
  readonly commandId?: Uint8Array
  readonly downlinkHash?: Uint8Array
}

interface Received {
  readonly message: DownlinkMessage
  readonly body: Uint8Array
  readonly auth: SignatureAuth
}

export const opened = (payload: Uint8Array): Received => {
  const envelope = parseEnvelope(payload)
  if (!envelope.ok || envelope.value.auth?.kind !== 'signature') throw new Error('not signed')
  const { body, auth } = envelope.value
  const downlink = parseDownlink(body)
  if (!downlink.ok) throw new Error(downlink.code)
  return { message: downlink.value.message, body, auth }
}

export class BareClient {
  readonly stranger: Stranger
  readonly raw: RawClient
  readonly nonce = new Uint8Array(randomBytes(16))
  #uplinkSeq: number
  #packetId = 10
  #counter = 0
  #session: { readonly id: Uint8Array; readonly key: Uint8Array } | undefined

  constructor(stranger: Stranger, raw: RawClient, uplinkSeq: number) {
    this.stranger = stranger
    this.raw = raw
    this.#uplinkSeq = uplinkSeq
  }

  body({ message, sn = this.stranger.sn, commandId, downlinkHash }: Said): Uint8Array {
    this.#uplinkSeq += 1
    return encodeUplink({
      sn,
      messageId: new Uint8Array(randomBytes(16)),
      bootId: this.stranger.bootId,
      uplinkSeq: this.#uplinkSeq,
      commandId,
      downlinkHash,
      message,
    })
  }

  signed(body: Uint8Array, key = this.stranger.key): Uint8Array {
    return signBody(nodePrimitives, key, 'device', body)
  }

  /** Under the session's key, and the next counter where none is given. */
  maced(body: Uint8Array, counter = this.#counter + 1): Uint8Array {
    this.#counter = Math.max(this.#counter, counter)
    if (this.#session === undefined) throw new Error('no session is open')
    const { key, id } = this.#session
    return macBody(nodePrimitives, key, id, counter, body)
  }

  /** The reason code of its PUBACK. */
  async publish(payload: Uint8Array, channel: 'up' | 'state' = 'up'): Promise<number> {
    const { sn } = this.stranger
    const messageId = (this.#packetId += 1)
    const topic = channel === 'up' ? upTopic(sn) : stateTopic(sn)
    const shape = { cmd: 'publish', qos: 1, dup: false, retain: false } as const
    this.raw.send({ ...shape, topic, messageId, payload: Buffer.from(payload) })
    const puback = await this.raw.next('puback')
    if (puback.messageId !== messageId) throw new Error('a PUBACK out of order')
    return puback.reasonCode ?? 0
  }

  /** The next message of this kind; others in front of it are taken and forgotten. */
  async next<K extends DownlinkKind>(kind: K): Promise<Extract<DownlinkMessage, { kind: K }>> {
    return waitFor(
      async () => {
        const { payload, messageId } = await this.raw.next('publish')
        this.raw.send({ cmd: 'puback', messageId: messageId ?? 0, reasonCode: 0 })
        const { message } = opened(new Uint8Array(Buffer.from(payload)))
        return message.kind === kind
          ? (message as Extract<DownlinkMessage, { kind: K }>)
          : undefined
      },
      { what: kind, timeoutMs: patienceMs },
    )
  }

  helloOf(keyShare: Uint8Array): Hello {
    return {
      kind: 'hello',
      sessionNonce: this.nonce,
      firmware: 'bare-1',
      model: 'SIM-P1',
      capabilities: ['SelfTest', 'Bind', 'Unbind'],
      assetEpoch: 1,
      bindingEpoch: 0,
      lastSeq: 0,
      keySlots: [],
      keyShare,
      signerListVersion: 1,
      locked: false,
    }
  }

  /** Says Hello and takes the Welcome; answers the Hello's envelope. */
  async greet(): Promise<Uint8Array> {
    const agreement = nodePrimitives.agreementKey(new Uint8Array(randomBytes(32)))
    const body = this.body({ message: this.helloOf(agreement.keyShare) })
    const envelope = this.signed(body)
    const reason = await this.publish(envelope)
    if (reason !== 0) throw new Error(`a good Hello was refused with ${String(reason)}`)
    const welcome = await this.next('welcome')
    const agreed = agreement.agree(welcome.keyShare)
    if (agreed === undefined) throw new Error('a key share that is none')
    const { sessionId } = welcome
    const { sn } = this.stranger
    const helloHash = nodePrimitives.sha256(body)
    const parts = { agreed, sn, sessionNonce: this.nonce, sessionId, helloHash }
    this.#counter = 0
    this.#session = { id: sessionId, key: sessionKey(nodePrimitives, parts) }
    return envelope
  }

  end(): void {
    this.raw.end()
  }
}

/** Connected and subscribed; nothing said yet. */
export const connected = async (
  stage: Stage,
  stranger: Stranger,
  version: Version = 5,
): Promise<BareClient> => {
  const raw = await dial(stage, stranger, { version })
  raw.send(connectPacket(stranger, version))
  await raw.next('connack')
  await subscribeDown(raw, stranger.sn)
  const terminal = await stage.services.records.read('terminal-by-sn', { sn: stranger.sn })
  return new BareClient(stranger, raw, terminal?.uplinkSeq ?? 0)
}

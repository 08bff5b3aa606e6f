// A gateway of a few lines, in memory: welcomes, receipts and PUBACKs by itself unless it is told not
// to, and sends whatever a test wants to see a terminal survive. It checks every uplink as the real
// one does, so a terminal that says something unauthentic fails the test at once.
import {
  encodeDownlink,
  encodePayload,
  equalBytes,
  commandTypeNumber,
  isDestructive,
  needsSignature,
  parseEnvelope,
  parseUplink,
  purposeOfDownlink,
  sessionKey,
  signBody,
  toHex,
  verifyMac,
  verifySignature,
  wantsReceipt,
  type Command,
  type CommandPayload,
  type DownlinkMessage,
  type Hello,
  type PublicKeyHandle,
  type Uplink,
  type UplinkKind,
  type UplinkMessage,
} from '@tillgate/protocol'
import type { Clock, Link, LinkEvents, LinkOptions, Timers, Transport } from '@tillgate/device-sim'
import { createPrng } from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'
import type { Signers } from './signers.js'

export interface Heard<M extends UplinkMessage = UplinkMessage> {
  readonly uplink: Uplink<M>
  readonly body: Uint8Array
  readonly hash: Uint8Array
  readonly envelope: Uint8Array
  readonly isSigned: boolean
  readonly session: number
}

interface Session {
  readonly number: number
  readonly events: LinkEvents
  readonly will: Uint8Array
  nonce: Uint8Array
  id: Uint8Array | undefined
  key: Uint8Array | undefined
  counter: number
  isOpen: boolean
}

export interface Habits {
  welcomes: boolean
  receipts: boolean
  pubacks: boolean
  /** Kinds that get lost on their way up. */
  loses: ReadonlySet<UplinkKind>
  /** Connections are refused. */
  refuses: boolean
}

export interface CommandParts extends Partial<Omit<Command, 'kind' | 'payload' | 'type'>> {
  readonly payload: CommandPayload
  /** Instead of the payload's own. */
  readonly type?: number
  readonly payloadBytes?: Uint8Array
}

/** A keep-alive of a minute, and the wait for its answer. */
const noticesMs = 80_000

const chance = createPrng('fake gateway')
export const freshId = (): Uint8Array => chance.bytes(16)

export class FakeGateway implements Transport {
  readonly habits: Habits = {
    welcomes: true,
    receipts: true,
    pubacks: true,
    loses: new Set(),
    refuses: false,
  }
  readonly heard: Heard[] = []
  readonly acknowledged: number[] = []
  readonly sn: string
  assetEpoch = 1
  bindingEpoch = 0
  seq = 0
  heartbeatS = 60
  /** Ahead of the terminal's own clock, which nobody believes. */
  clockOffsetMs = 0
  session: Session | undefined
  readonly #signers: Signers
  identity: PublicKeyHandle
  readonly #clock: Clock
  readonly #timers: Timers
  #sessions = 0
  #tokens = 0

  constructor(parts: {
    sn: string
    signers: Signers
    identity: PublicKeyHandle
    clock: Clock
    timers: Timers
  }) {
    this.sn = parts.sn
    this.#signers = parts.signers
    this.identity = parts.identity
    this.#clock = parts.clock
    this.#timers = parts.timers
  }

  now(): number {
    return this.#clock.now() + this.clockOffsetMs
  }

  connect({ will }: LinkOptions, events: LinkEvents): Link {
    const session: Session = {
      number: ++this.#sessions,
      events,
      will,
      nonce: new Uint8Array(0),
      id: undefined,
      key: undefined,
      counter: 0,
      isOpen: true,
    }
    this.session = session
    this.#timers.after(1, () => {
      if (!session.isOpen) return
      if (this.habits.refuses) this.drop('refused')
      else events.connected()
    })
    const end = (): void => {
      session.isOpen = false
      if (this.session === session) this.session = undefined
    }
    return {
      publish: ({ payload, token, qos }) => {
        if (session.isOpen) this.#onUplink(session, payload, qos === 1 ? token : 0)
      },
      puback: (token) => void this.acknowledged.push(token),
      close: end,
      cut: end,
      silence: () => {
        session.isOpen = false
        this.#timers.after(noticesMs, () => session.events.disconnected('no PINGRESP'))
      },
    }
  }

  /** The connection is lost, for the terminal to notice. */
  drop(reason = 'lost'): void {
    const { session } = this
    if (session === undefined) return
    session.isOpen = false
    this.session = undefined
    session.events.disconnected(reason)
  }

  #onUplink(session: Session, payload: Uint8Array, token: number): void {
    const heard = this.#verify(session, payload)
    const { message } = heard.uplink
    if (this.habits.loses.has(message.kind)) return
    this.heard.push(heard)
    if (message.kind === 'hello' && this.habits.welcomes) this.welcome(heard as Heard<Hello>)
    if (this.habits.pubacks && token !== 0) {
      this.#timers.after(1, () => session.isOpen && session.events.acknowledged(token))
    }
    if (this.habits.receipts && wantsReceipt(message.kind, this.#isDestructive(heard))) {
      this.receipt(heard)
    }
  }

  readonly #types = new Map<string, number>()

  #isDestructive({ uplink }: Pick<Heard, 'uplink'>): boolean {
    const id = uplink.commandId
    return id !== undefined && isDestructive(this.#types.get(toHex(id)) ?? 64)
  }

  #verify(session: Session, payload: Uint8Array): Heard {
    const envelope = parseEnvelope(payload)
    if (!envelope.ok) throw new Error(`envelope: ${envelope.rule}`)
    const { body, auth } = envelope.value
    const parsed = parseUplink(body)
    if (!parsed.ok) throw new Error(`uplink: ${parsed.field} ${parsed.rule}`)
    const uplink = parsed.value
    if (uplink.sn !== this.sn) throw new Error('another serial number')
    if (auth?.kind === 'signature') {
      if (!verifySignature(nodePrimitives, this.identity, 'device', body, auth)) {
        throw new Error(`a wrong signature on ${uplink.message.kind}`)
      }
    } else this.#verifyMac(session, uplink, body, auth)
    const hash = nodePrimitives.sha256(body)
    const isSigned = auth?.kind === 'signature'
    return { uplink, body, hash, envelope: payload, isSigned, session: session.number }
  }

  #verifyMac(
    session: Session,
    uplink: Uplink,
    body: Uint8Array,
    auth: Extract<ReturnType<typeof parseEnvelope>, { ok: true }>['value']['auth'],
  ): void {
    const { kind } = uplink.message
    if (needsSignature(uplink.message, this.#isDestructive({ uplink }))) {
      throw new Error(`${kind} must be signed`)
    }
    if (auth?.kind !== 'mac' || session.key === undefined || session.id === undefined) {
      throw new Error(`${kind} without a session`)
    }
    if (!equalBytes(auth.sessionId, session.id)) throw new Error(`${kind} of another session`)
    if (auth.counter <= session.counter) throw new Error(`${kind}: the counter did not rise`)
    if (!verifyMac(nodePrimitives, session.key, body, auth)) throw new Error(`${kind}: wrong MAC`)
    session.counter = auth.counter
  }

  welcome({ uplink, hash }: Heard<Hello>, change: { readonly helloHash?: Uint8Array } = {}): void {
    const { session } = this
    if (session === undefined) return
    const { message } = uplink
    const agreement = nodePrimitives.agreementKey(chance.bytes(32))
    const agreed = agreement.agree(message.keyShare)
    if (agreed === undefined) throw new Error('no key share')
    const sessionId = freshId()
    const { sessionNonce } = message
    session.nonce = sessionNonce
    session.id = sessionId
    session.counter = 0
    session.key = sessionKey(nodePrimitives, {
      agreed,
      sn: this.sn,
      sessionNonce,
      sessionId,
      helloHash: hash,
    })
    this.send({
      kind: 'welcome',
      sessionNonce,
      helloHash: change.helloHash ?? hash,
      sessionId,
      timeMs: this.now(),
      keyShare: agreement.keyShare,
      signerListVersion: 1,
      heartbeatS: this.heartbeatS,
      lastUplinkSeq: uplink.uplinkSeq,
    })
  }

  receipt({ uplink, hash }: Pick<Heard, 'uplink' | 'hash'>): void {
    this.send({ kind: 'receipt', messageId: uplink.messageId, hash })
  }

  /** Signed by the key that its purpose wants, unless the test wants another. */
  seal(
    message: DownlinkMessage,
    change: { readonly sn?: string; readonly key?: keyof Signers } = {},
  ): Uint8Array {
    const body = encodeDownlink({ sn: change.sn ?? this.sn, messageId: freshId(), message })
    const purpose = purposeOfDownlink(message)
    const keys: Readonly<Record<string, keyof Signers>> = { signers: 'root' }
    const name = change.key ?? keys[purpose] ?? (purpose as keyof Signers)
    return signBody(nodePrimitives, this.#signers[name], purpose, body)
  }

  send(message: DownlinkMessage): Uint8Array {
    const payload = this.seal(message)
    this.raw(payload)
    return payload
  }

  /** Arrives a little later, as everything does. */
  raw(payload: Uint8Array): void {
    const { session } = this
    const token = ++this.#tokens
    this.#timers.after(1, () => {
      if (session?.isOpen === true) session.events.packet(payload, token)
    })
  }

  /** A Command as the real one makes it, with whatever a test changes of it. */
  compose({ payload, payloadBytes, ...parts }: CommandParts): Command {
    const type = parts.type ?? commandTypeNumber(payload.type)
    const nonce = this.session?.nonce
    const command: Command = {
      kind: 'command',
      commandId: freshId(),
      assetEpoch: this.assetEpoch,
      bindingEpoch: payload.type === 'Bind' ? this.bindingEpoch + 1 : this.bindingEpoch,
      seq: ++this.seq,
      issuedAtMs: this.now(),
      notAfterMs: this.now() + 3_600_000,
      sessionNonce: isDestructive(type) ? nonce : undefined,
      approvalHash: undefined,
      payload: payloadBytes ?? encodePayload(payload),
      ...parts,
      type,
    }
    this.#types.set(toHex(command.commandId), type)
    return command
  }

  order(parts: CommandParts): { readonly command: Command; readonly hash: Uint8Array } {
    const command = this.compose(parts)
    return { command, hash: this.sent(this.send(command)) }
  }

  /** Hash of a sent envelope's body. */
  sent(payload: Uint8Array): Uint8Array {
    const envelope = parseEnvelope(payload)
    if (!envelope.ok) throw new Error('not an envelope')
    return nodePrimitives.sha256(envelope.value.body)
  }

  all<K extends UplinkKind>(kind: K): readonly Heard<Extract<UplinkMessage, { kind: K }>>[] {
    return this.heard.filter(({ uplink }) => uplink.message.kind === kind) as never
  }

  last<K extends UplinkKind>(kind: K): Heard<Extract<UplinkMessage, { kind: K }>> {
    const found = this.all(kind).at(-1)
    if (found === undefined) throw new Error(`no ${kind} was heard`)
    return found
  }

  /** Distinct bodies: what was said, however often it was sent. */
  said<K extends UplinkKind>(kind: K): number {
    return new Set(this.all(kind).map(({ hash }) => toHex(hash))).size
  }
}

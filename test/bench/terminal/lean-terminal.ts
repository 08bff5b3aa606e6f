/**
 * A terminal as the benchmark needs thousands of: mutual TLS, a signed Hello, a session key of its own,
 * every downlink checked, every uplink authenticated. It has no flash and no behaviour, repeats nothing
 * and takes nothing back: what goes wrong is an error, and the run does not count.
 */
import type { NetConnectOpts } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'

import {
  downTopic,
  encodeUplink,
  macBody,
  sessionKey,
  signBody,
  stateTopic,
  toHex,
  upTopic,
  type Downlink,
  type UplinkMessage,
  type Welcome,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

import { answerTo, firmware, masterKey, proofOf, selfTestPayload } from './answers.js'
import { sha256Of } from './lean-hash.js'
import type { LeanCommand } from './lean-command.js'
import { ResultWriter } from './lean-result.js'
import { nextRandom, random16, randomBlock } from './random-ids.js'
import type { DialOptions, LeanParts, Proved } from './lean-parts.js'
import {
  connectPacket,
  packetTypes,
  Packets,
  publishPacket,
  pingRequest,
  pubackBytes,
  statePacket,
  subscribePacket,
  writePuback,
  type Inbound,
} from './wire.js'

interface Session {
  readonly id: Uint8Array
  readonly key: Uint8Array
  /** Made when it is first needed. */
  results: ResultWriter | undefined
}

const readBuffer = Buffer.alloc(64 * 1_024)

/** Without a Welcome for so long a terminal says Hello again, as the protocol has it. */
const helloAgainMs = 10_000
/**
 * And after this it begins anew: as late as the raised limit of the listener, for whoever gives up while
 * ten thousand are served throws work away that was done for it, and a busy machine gets never through.
 */
const welcomeMsMax = 300_000

export class LeanTerminal {
  readonly #parts: LeanParts
  readonly #bootId = random16()
  readonly #upTopic: Buffer
  #socket: TLSSocket | undefined
  #ticket: Buffer | undefined
  #packets = new Packets()
  #outgoing: Buffer[] = []
  #session: Session | undefined
  #nonce = random16()
  #hello:
    { readonly body: Uint8Array; readonly agree: (share: Uint8Array) => Uint8Array } | undefined
  /** From each Hello on, until its Welcome. */
  #askingAgain: NodeJS.Timeout | undefined
  /** The hashes of this connection's earlier Hellos. */
  #saidBefore = new Set<string>()
  #uplinkSeq = 0
  #counter = 0
  #packetId = 0
  #bindingEpoch = 0
  #lastSeq = 0
  #erasures = 0
  /** The Unbind under way. */
  #unbind: { readonly commandId: Uint8Array; readonly hash: Uint8Array } | undefined
  /** The last that was proved. */
  #proved: Proved | undefined
  #welcomed: (() => void) | undefined

  constructor(parts: LeanParts) {
    this.#parts = parts
    this.#upTopic = Buffer.from(upTopic(parts.sn))
  }

  get wasResumed(): boolean {
    return this.#socket?.isSessionReused() ?? false
  }

  /** Resolves when the Welcome has come; rejects where the connection ends before, or none comes. */
  dial({ port, resume }: DialOptions): Promise<void> {
    const { context: secureContext } = this.#parts
    const session = resume ? this.#ticket : undefined
    const options: Readonly<ConnectionOptions & Pick<NetConnectOpts, 'onread'>> = {
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      secureContext,
      // One buffer for all: what is read is used up before the next read.
      onread: { buffer: readBuffer, callback: (bytes: number) => this.#onRead(bytes) },
      ...(session === undefined ? {} : { session }),
    }
    const socket = connect(options)
    socket.setNoDelay(true)
    this.#socket = socket
    this.#packets = new Packets()
    this.#session = undefined
    this.#hello = undefined
    this.#saidBefore = new Set()
    this.#nonce = random16()
    this.#packetId = 0
    socket.on('session', (ticket) => (this.#ticket = ticket))
    // Nobody listens for data: without this the end of the connection is never read.
    socket.resume()
    return new Promise((resolve, reject) => {
      const givingUp = setTimeout(() => socket.destroy(), welcomeMsMax)
      const stopWaiting = (): void => {
        clearTimeout(givingUp)
        clearTimeout(this.#askingAgain)
      }
      this.#welcomed = () => {
        stopWaiting()
        resolve()
      }
      // A socket may break long after it was welcomed: then nobody waits any more.
      socket.on('error', reject)
      socket.once('close', () => {
        stopWaiting()
        reject(new Error(`${this.#parts.sn}: the connection ended before its Welcome`))
      })
      socket.once('secureConnect', () => socket.write(connectPacket(this.#parts.sn)))
    })
  }

  /** The socket is gone, as in a loss of power: no DISCONNECT. */
  hangUp(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  ping(): void {
    this.#outgoing.push(pingRequest)
    this.#flush()
  }

  /** Under the session's MAC, and a ping behind it, whose answer says that it was read. */
  beat(): void {
    const session = this.#session
    if (session === undefined) throw new Error('a Heartbeat before the Welcome')
    const said = { sessionNonce: this.#nonce, uptimeMs: 1, batteryPercent: 101, will: false }
    const body = this.#body({ kind: 'heartbeat', ...said })
    this.#counter += 1
    const envelope = macBody(nodePrimitives, session.key, session.id, this.#counter, body)
    this.#outgoing.push(statePacket(stateTopic(this.#parts.sn), envelope))
    this.ping()
  }

  #onRead(bytes: number): boolean {
    this.#onData(readBuffer.subarray(0, bytes))
    return true
  }

  #onData(chunk: Buffer): void {
    try {
      this.#packets.take(chunk, (packet) => this.#onPacket(packet))
    } catch (error) {
      this.#parts.failed(error instanceof Error ? error : new Error(String(error)))
    }
    this.#flush()
  }

  #flush(): void {
    const [first] = this.#outgoing
    if (first === undefined) return
    // All that one chunk has caused leaves in one write.
    this.#socket?.write(this.#outgoing.length === 1 ? first : Buffer.concat(this.#outgoing))
    this.#outgoing = []
  }

  #onPacket({ type, packetId, payload }: Inbound): void {
    switch (type) {
      case packetTypes.publish:
        return this.#onDownlink(packetId, payload)
      case packetTypes.puback:
        this.#parts.tally.pubacks += 1
        return
      case packetTypes.pingresp:
        this.#parts.tally.pongs += 1
        return
      case packetTypes.connack:
        if (packetId !== 0) throw new Error(`CONNACK says ${String(packetId)}`)
        this.#outgoing.push(subscribePacket(downTopic(this.#parts.sn)))
        return this.#sayHello()
      case packetTypes.suback:
        return
      default:
        throw new Error(`a packet of type ${String(type)}`)
    }
  }

  #onDownlink(packetId: number, payload: Buffer): void {
    const { tally, trust, sn, signsAll } = this.#parts
    tally.downlinks += 1
    tally.downlinkBytes += payload.length
    const lean = signsAll() ? undefined : trust.openLean(payload, sn)
    if (lean !== undefined) return this.#selfTested(packetId, payload, lean)
    const puback = Buffer.allocUnsafe(pubackBytes)
    writePuback(puback, 0, packetId)
    this.#outgoing.push(puback)
    const { downlink, body } = trust.open(payload, sn)
    this.#answer(downlink, body)
  }

  #answer({ message }: Downlink, body: Uint8Array): void {
    switch (message.kind) {
      case 'welcome':
        return this.#onWelcome(message)
      case 'command': {
        this.#takeSeq(message.seq)
        const { commandId, bindingEpoch } = message
        this.#bindingEpoch = bindingEpoch
        const hash = nodePrimitives.sha256(body)
        const { message: said, isEvidence } = answerTo(message, random16())
        if (said.kind === 'ready') this.#unbind = { commandId, hash }
        return this.#say(said, isEvidence, commandId, hash)
      }
      case 'proceed': {
        const { readyNonce, commandId } = message
        // A Proceed that is said again is answered with the same Proof.
        const again = this.#unbind === undefined ? this.#proved : undefined
        if (again !== undefined && nodePrimitives.equal(again.commandId, commandId)) {
          return this.#say(again.proof, true, commandId, again.hash)
        }
        if (this.#unbind === undefined) throw new Error('a Proceed without a prepare')
        const { hash } = this.#unbind
        this.#unbind = undefined
        this.#erasures += 1
        const proceedHash = nodePrimitives.sha256(body)
        const erased = { readyNonce, proceedHash, bindingEpoch: this.#bindingEpoch }
        const proof = proofOf({ ...erased, counter: this.#erasures })
        this.#proved = { commandId, hash, proof }
        return this.#say(proof, true, commandId, hash)
      }
      case 'receipt':
        this.#parts.tally.receipts += 1
        return
      default:
        throw new Error(`a downlink of kind ${message.kind}`)
    }
  }

  /** As `#answer` to a SelfTest, with the PUBACK in the same bytes. */
  #selfTested(downlinkPacketId: number, payload: Buffer, command: LeanCommand): void {
    const session = this.#session
    if (session === undefined) throw new Error('a command before the Welcome')
    this.#takeSeq(command.seq)
    this.#bindingEpoch = command.bindingEpoch
    this.#uplinkSeq += 1
    this.#counter += 1
    const { body, commandId } = command
    session.results ??= new ResultWriter({
      sn: this.#parts.sn,
      topic: this.#upTopic,
      bootId: this.#bootId,
      sessionId: session.id,
      sessionKey: session.key,
      payload: selfTestPayload,
    })
    const { bytes, envelopeBytes } = session.results.write({
      downlinkPacketId,
      packetId: this.#nextPacketId(),
      uplinkSeq: this.#uplinkSeq,
      counter: this.#counter,
      random: randomBlock,
      randomAt: nextRandom(),
      downlink: payload,
      commandIdAt: commandId.at,
      downlinkHash: sha256Of(payload, body.at, body.end),
    })
    const { tally } = this.#parts
    tally.uplinks += 1
    tally.uplinkBytes += envelopeBytes
    this.#outgoing.push(bytes)
  }

  #nextPacketId(): number {
    this.#packetId = this.#packetId === 0xffff ? 1 : this.#packetId + 1
    return this.#packetId
  }

  #takeSeq(seq: number): void {
    if (seq <= this.#lastSeq) throw new Error('a sequence that does not rise')
    this.#lastSeq = seq
  }

  #sayHelloAgain(): void {
    if (this.#hello === undefined) return
    this.#saidBefore.add(toHex(nodePrimitives.sha256(this.#hello.body)))
    this.#parts.tally.hellosAgain += 1
    this.#sayHello()
    this.#flush()
  }

  #sayHello(): void {
    const { sn, key } = this.#parts
    const agreement = nodePrimitives.agreementKey(Buffer.concat([random16(), random16()]))
    const body = this.#body({
      kind: 'hello',
      sessionNonce: this.#nonce,
      firmware,
      model: 'SIM-P1',
      capabilities: ['SelfTest', 'Bind', 'Unbind'],
      assetEpoch: 1,
      bindingEpoch: this.#bindingEpoch,
      lastSeq: this.#lastSeq,
      keySlots: [masterKey],
      keyShare: agreement.keyShare,
      signerListVersion: 1,
      locked: false,
    })
    this.#hello = {
      body,
      agree: (share) => {
        const agreed = agreement.agree(share)
        if (agreed === undefined) throw new Error(`${sn}: a key share that is none`)
        return agreed
      },
    }
    this.#publish(signBody(nodePrimitives, key, 'device', body))
    this.#askingAgain = setTimeout(() => this.#sayHelloAgain(), helloAgainMs)
  }

  #onWelcome({ sessionId, sessionNonce, keyShare, helloHash, lastUplinkSeq }: Welcome): void {
    const hello = this.#hello
    if (hello === undefined) throw new Error('a Welcome that nobody asked for')
    const ours = nodePrimitives.sha256(hello.body)
    const isOurs =
      nodePrimitives.equal(sessionNonce, this.#nonce) && nodePrimitives.equal(helloHash, ours)
    // It waits for the one to what it said last.
    if (!isOurs && this.#saidBefore.has(toHex(helloHash))) return
    if (!isOurs) throw new Error('a Welcome to another Hello')
    const agreed = hello.agree(keyShare)
    const { sn } = this.#parts
    const parts = { agreed, sn, sessionNonce, sessionId, helloHash }
    const key = sessionKey(nodePrimitives, parts)
    this.#session = { id: sessionId, key, results: undefined }
    this.#hello = undefined
    this.#counter = 0
    this.#uplinkSeq = Math.max(this.#uplinkSeq, lastUplinkSeq)
    this.#welcomed?.()
    this.#welcomed = undefined
  }

  #body(message: UplinkMessage, commandId?: Uint8Array, downlinkHash?: Uint8Array): Uint8Array {
    this.#uplinkSeq += 1
    return encodeUplink({
      sn: this.#parts.sn,
      messageId: random16(),
      bootId: this.#bootId,
      uplinkSeq: this.#uplinkSeq,
      commandId,
      downlinkHash,
      message,
    })
  }

  #say(
    message: UplinkMessage,
    isEvidence: boolean,
    commandId: Uint8Array,
    downlinkHash: Uint8Array,
  ): void {
    const { key, signsAll } = this.#parts
    const body = this.#body(message, commandId, downlinkHash)
    if (isEvidence || signsAll()) {
      this.#publish(signBody(nodePrimitives, key, 'device', body))
      return
    }
    if (this.#session === undefined) throw new Error('a command before the Welcome')
    this.#counter += 1
    const { key: macKey, id } = this.#session
    this.#publish(macBody(nodePrimitives, macKey, id, this.#counter, body))
  }

  #publish(envelope: Uint8Array): void {
    const { tally } = this.#parts
    tally.uplinks += 1
    tally.uplinkBytes += envelope.length
    this.#outgoing.push(publishPacket(this.#upTopic, this.#nextPacketId(), envelope))
  }
}

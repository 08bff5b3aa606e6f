/**
 * The downlink of the dispatch rows read by hand: an envelope that holds a Command under a signature, as
 * `protocol/schema/tillgate.proto` numbers its fields. The generator shares the machine with the gateway,
 * and the whole parser costs it four times as much. It copies nothing: what it finds are places. Where
 * anything else is found it says nothing, and the protocol's own parser is asked.
 */

/** From `at` to `end`. */
export interface Span {
  readonly at: number
  readonly end: number
}

export interface LeanCommand {
  readonly body: Span
  readonly alg: number
  readonly kid: Span
  readonly treeSize: number
  readonly index: number
  readonly path: Span
  readonly signature: Span
  readonly version: number
  readonly sn: Span
  readonly commandId: Span
  readonly type: number
  readonly bindingEpoch: number
  readonly seq: number
}

const wireTypes = { varint: 0, bytes: 2 } as const
const empty: Span = { at: 0, end: 0 }

/** A field that is not where it belongs, or not whole. */
class NotLean extends Error {}
const notLean = new NotLean()

/** Walks the fields of one message. */
class Fields {
  readonly #bytes: Buffer
  readonly #end: number
  #at: number
  /** Of the field that was found last. */
  number = 0
  /** Of a varint; below 2^53. */
  value = 0
  /** Of bytes. */
  span: Span = empty

  constructor(bytes: Buffer, { at, end }: Span) {
    this.#bytes = bytes
    this.#at = at
    this.#end = end
  }

  next(): boolean {
    if (this.#at === this.#end) return false
    const tag = this.#varint()
    this.number = tag >>> 3
    const wireType = tag & 7
    this.value = this.#varint()
    if (wireType === wireTypes.varint) return true
    if (wireType !== wireTypes.bytes) throw notLean
    const at = this.#at
    this.#at += this.value
    if (this.#at > this.#end) throw notLean
    this.span = { at, end: this.#at }
    return true
  }

  #varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined || this.#at >= this.#end || scale > 2 ** 49) throw notLean
      this.#at += 1
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
}

const signatureOf = (bytes: Buffer, span: Span) => {
  const found = { alg: 0, kid: empty, treeSize: 0, index: 0, path: empty, signature: empty }
  for (const fields = new Fields(bytes, span); fields.next();) {
    if (fields.number === 1) found.alg = fields.value
    else if (fields.number === 2) found.kid = fields.span
    else if (fields.number === 3) found.treeSize = fields.value
    else if (fields.number === 4) found.index = fields.value
    else if (fields.number === 5) found.path = fields.span
    else if (fields.number === 6) found.signature = fields.span
    else throw notLean
  }
  return found
}

const commandOf = (bytes: Buffer, span: Span) => {
  const found = { commandId: empty, type: 0, bindingEpoch: 0, seq: 0 }
  for (const fields = new Fields(bytes, span); fields.next();) {
    if (fields.number === 1) found.commandId = fields.span
    else if (fields.number === 2) found.type = fields.value
    else if (fields.number === 4) found.bindingEpoch = fields.value
    else if (fields.number === 5) found.seq = fields.value
    else if (fields.number > 10) throw notLean
  }
  return found
}

/** The numbers of Downlink's oneof: only a Command is read here. */
const commandField = 17

const downlinkOf = (bytes: Buffer, span: Span) => {
  const found = { version: 0, sn: empty, command: empty }
  for (const fields = new Fields(bytes, span); fields.next();) {
    if (fields.number === 1) found.version = fields.value
    else if (fields.number === 2) found.sn = fields.span
    else if (fields.number === commandField) found.command = fields.span
    else if (fields.number !== 3) throw notLean
  }
  if (found.command === empty) throw notLean
  return { version: found.version, sn: found.sn, ...commandOf(bytes, found.command) }
}

/** Auth holds a signature (1) or a MAC (2). */
const signatureIn = (bytes: Buffer, auth: Span): Span => {
  const fields = new Fields(bytes, auth)
  if (!fields.next() || fields.number !== 1) throw notLean
  return fields.span
}

/** Undefined where it is another message, or none. */
export const readLeanCommand = (payload: Buffer): LeanCommand | undefined => {
  try {
    let body = empty
    let auth = empty
    for (const fields = new Fields(payload, { at: 0, end: payload.length }); fields.next();) {
      if (fields.number === 1) body = fields.span
      else if (fields.number === 2) auth = fields.span
    }
    const signed = signatureOf(payload, signatureIn(payload, auth))
    return { body, ...signed, ...downlinkOf(payload, body) }
  } catch (error) {
    if (error === notLean) return undefined
    throw error
  }
}

/**
 * One terminal and its merchant in a database of their own, and the operations on them by short names, as
 * the loops and handlers would submit them. Times, ids and hashes are made up; nothing is signed.
 */
import {
  openInlineSqliteRecords,
  openPostgresRecords,
  systemTimers,
  type Clock,
  type CommandView,
  type CaseView,
  type Records,
} from '@tillgate/gateway'
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'
import { quietLog } from '../contract/records/quiet.js'
import { freshDatabase, noPostgres } from '../ground/index.js'
import { SecondPerson } from '../demo/granted-approval.js'

export const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
export const hash = (fill: number): Uint8Array => bytes(fill, 32)

const dayMs = 86_400_000
type Over = Record<string, unknown>

/** A clock that moves by one with each look, and ids in order. */
class World {
  nowMs = 1_700_000_000_000
  #made = 0

  at(): number {
    this.nowMs += 1
    return this.nowMs
  }

  uuid(): Uint8Array {
    this.#made += 1
    const id = bytes(0)
    new DataView(id.buffer).setUint32(12, this.#made)
    return id
  }

  about(): { actor: string; atMs: number } {
    return { actor: 'me', atMs: this.at() }
  }
}

export class Story {
  readonly records: Pick<Records, 'submit' | 'read'> & { close(): Promise<void> }
  readonly terminalId: number
  readonly #world: World
  readonly #sn: string
  readonly #merchantId: number
  readonly #certificateId: number
  #hellos = 0
  #people: SecondPerson | undefined

  constructor(fields: {
    records: Story['records']
    world: World
    sn: string
    ids: { terminal: number; merchant: number; certificate: number }
  }) {
    this.records = fields.records
    this.#world = fields.world
    this.#sn = fields.sn
    this.terminalId = fields.ids.terminal
    this.#merchantId = fields.ids.merchant
    this.#certificateId = fields.ids.certificate
  }

  async terminal() {
    const row = await this.records.read('terminal-by-sn', { sn: this.#sn })
    if (row === undefined) throw new Error('no terminal')
    return row
  }

  async hello(over: Over = {}) {
    this.#hellos += 1
    const answer = await this.records.submit('open-session', {
      terminalId: this.terminalId,
      certificateId: this.#certificateId,
      sessionId: this.#world.uuid(),
      sessionNonce: bytes(this.#hellos),
      bootId: bytes(1),
      uplinkSeq: this.#hellos * 100,
      firmware: 'f',
      model: 'M',
      assetEpoch: 0,
      bindingEpoch: 0,
      lastSeq: 0,
      signerListVersion: 1,
      locked: false,
      keySlots: '[]',
      hasMasterKey: true,
      evidence: bytes(1),
      atMs: this.#world.at(),
      ...over,
    })
    if (!answer.ok) throw new Error(`hello: ${answer.code}`)
    return { ...answer, nonce: bytes(this.#hellos) }
  }

  async show(id: Uint8Array): Promise<CommandView> {
    const view = await this.records.read('command-by-uuid', { uuid: id })
    if (view === undefined) throw new Error('no command')
    return view
  }

  async order(type: keyof typeof commandTypeNumbers, over: Over = {}) {
    const id = this.#world.uuid()
    const [binding] = await this.liveBindings()
    const answer = await this.records.submit('order-command', {
      uuid: id,
      publicId: uuidToText(id),
      terminalId: this.terminalId,
      type: commandTypeNumbers[type],
      destructive: type === 'Unbind' ? 1 : 0,
      payload: bytes(7),
      bindingId: type === 'Unbind' ? (binding?.id ?? null) : null,
      notAfterMs: this.#world.nowMs + dayMs,
      ...this.#world.about(),
      ...over,
    })
    return { id, answer }
  }

  async claim(id: Uint8Array, seq: number, over: Over = {}) {
    const command = await this.show(id)
    const row = await this.terminal()
    const isBind = command.type === commandTypeNumbers.Bind
    return this.records.submit('claim-command', {
      commandId: command.id,
      fence: row.fence,
      seq,
      body: bytes(seq),
      bodyHash: hash(seq),
      attemptNonce: row.sessionNonce ?? bytes(0),
      assetEpoch: 0,
      bindingEpoch: isBind ? command.bindingEpoch : row.bindingEpoch,
      atMs: this.#world.at(),
      ...over,
    })
  }

  /** What a terminal says of a command: the fields that every such operation takes. */
  async said(id: Uint8Array, over: Over = {}) {
    const command = await this.show(id)
    const row = await this.terminal()
    return {
      terminalId: this.terminalId,
      fence: row.fence,
      commandUuid: id,
      downlinkHash: command.bodyHash,
      evidence: bytes(9),
      deliveredAtMs: null,
      atMs: this.#world.at(),
      ...over,
    }
  }

  #binding(bindingUuid: Uint8Array) {
    return {
      bindingUuid,
      bindingPublicId: uuidToText(bindingUuid),
      terminalId: this.terminalId,
      merchantId: this.#merchantId,
      ...{ storeId: null, acquirerCode: '123', mid: '123456789012345', tid: 'TID00001' },
      ...{ payload: bytes(7), paramsHash: hash(7) },
    }
  }

  async bind(over: Over = {}) {
    const bindingUuid = this.#world.uuid()
    const commandUuid = this.#world.uuid()
    const answer = await this.records.submit('order-binding', {
      ...this.#binding(bindingUuid),
      commandUuid,
      commandPublicId: uuidToText(commandUuid),
      notAfterMs: this.#world.nowMs + dayMs,
      ...this.#world.about(),
      ...over,
    })
    return { bindingUuid, commandUuid, answer }
  }

  /** A binding whose registry is asked first. */
  async report(over: Over = {}) {
    const bindingUuid = this.#world.uuid()
    const answer = await this.records.submit('report-binding', {
      ...this.#binding(bindingUuid),
      ...{ registrationUuid: this.#world.uuid(), deliverWithinMs: dayMs },
      ...{ sealedCreditCode: bytes(3), shownCreditCode: '91350100M000100Y43' },
      ...{ sealedAccount: bytes(4), maskedAccount: '****0123', placeOfDeployment: 'here' },
      ...this.#world.about(),
      ...over,
    })
    return { bindingUuid, answer }
  }

  /** Connected, bound, in service. */
  async bound() {
    const session = await this.hello()
    const binding = await this.bind()
    await this.claim(binding.commandUuid, session.seqFirst)
    await this.records.submit('record-result', {
      ...(await this.said(binding.commandUuid)),
      code: 0,
      payload: bytes(0, 0),
      interrupted: false,
    })
    return { ...session, ...binding }
  }

  async ready(id: Uint8Array, nonce: number, over: Over = {}) {
    return this.records.submit('record-ready', {
      ...(await this.said(id)),
      readyNonce: bytes(nonce),
      leaseMs: 120_000,
      summary: '',
      ...over,
    })
  }

  async callHost(id: Uint8Array) {
    const { id: commandId } = await this.show(id)
    return this.records.submit('begin-host-call', { commandId, atMs: this.#world.at() })
  }

  async hostSaid(
    id: Uint8Array,
    callNumber: number,
    answer: 'blocked' | 'open' | 'refused' | 'stale',
    seenNumber = 0,
  ) {
    const { id: commandId } = await this.show(id)
    const atMs = this.#world.at()
    const said = { commandId, callNumber, answer, seenNumber, detail: '', atMs }
    return this.records.submit('record-host-answer', said)
  }

  async proceed(id: Uint8Array, nonce: number, over: Over = {}) {
    return this.records.submit('commit-proceed', {
      commandId: (await this.show(id)).id,
      fence: (await this.terminal()).fence,
      readyNonce: bytes(nonce),
      body: bytes(99),
      bodyHash: hash(99),
      seq: 50,
      atMs: this.#world.at(),
      ...over,
    })
  }

  async prove(id: Uint8Array, nonce: number, over: Over = {}) {
    return this.records.submit('record-proof', {
      ...(await this.said(id)),
      readyNonce: bytes(nonce),
      proceedHash: hash(99),
      assetEpoch: 0,
      bindingEpoch: 1,
      partial: false,
      certificateId: this.#certificateId,
      envelope: bytes(9),
      bodyHash: hash(98),
      ...over,
    })
  }

  async release(id: Uint8Array, nonce: number | null, over: Over = {}) {
    return this.records.submit('record-released', {
      ...(await this.said(id)),
      readyNonce: nonce === null ? null : bytes(nonce),
      cause: 'ABORTED',
      abortSeq: 0,
      ...over,
    })
  }

  revoke() {
    const about = this.#world.about()
    return this.records.submit('revoke-certificate', { sha256: hash(1), reason: 'lost', ...about })
  }

  cancel(id: Uint8Array) {
    return this.records.submit('cancel-command', { commandUuid: id, ...this.#world.about() })
  }

  async kinds(id: Uint8Array): Promise<readonly string[]> {
    const { id: commandId } = await this.show(id)
    const page = { commandId, afterId: 0, limit: 500 }
    return (await this.records.read('events-of-command', page)).map(({ kind }) => kind)
  }

  liveBindings() {
    const page = { terminalId: this.terminalId, live: 1 as const, afterId: 0, limit: 10 }
    return this.records.read('bindings', page)
  }

  at(): number {
    return this.#world.at()
  }

  /** Somebody wants the terminal taken from its merchant. */
  async openCase(over: Over = {}) {
    const uuid = this.#world.uuid()
    const [binding] = await this.liveBindings()
    const atMs = this.#world.at()
    const answer = await this.records.submit('open-case', {
      uuid,
      publicId: uuidToText(uuid),
      terminalId: this.terminalId,
      bindingId: binding?.id ?? 0,
      reason: 'STORE_CLOSED',
      note: '',
      startsAtMs: atMs,
      deadlineMs: atMs + 14 * dayMs,
      actor: 'me',
      atMs,
      ...over,
    })
    return { uuid, answer }
  }

  /** Asked for by one, granted by another; over this terminal's binding as it is. */
  async granted(over: Parameters<SecondPerson['grants']>[1] = {}): Promise<Uint8Array> {
    const [binding] = await this.liveBindings()
    if (binding === undefined) throw new Error('nothing to approve')
    const { terminalId } = this
    const { sn, merchantId, uuid: bindingUuid, epoch: bindingEpoch } = binding
    this.#people ??= new SecondPerson({
      records: this.records,
      at: () => this.#world.at(),
      uuid: () => this.#world.uuid(),
    })
    const target = { terminalId, sn, merchantId, bindingUuid, bindingEpoch }
    return this.#people.grants([target], over)
  }

  async orderCase(row: CaseView) {
    const id = this.#world.uuid()
    const answer = await this.records.submit('order-case', {
      caseId: row.id,
      terminalId: row.terminalId,
      uuid: id,
      publicId: uuidToText(id),
      payload: bytes(7),
      bindingId: row.bindingId,
      notAfterMs: this.#world.nowMs + dayMs,
      atMs: this.#world.at(),
    })
    return { id, answer }
  }

  close() {
    return this.records.close()
  }
}

const certificateOf = (world: World) => ({
  sha256: hash(1),
  der: bytes(1),
  spki: bytes(1),
  issuer: 'vendor' as const,
  notBeforeMs: 0,
  notAfterMs: world.nowMs + dayMs,
})

type OpenRecords = (clock: Clock) => Promise<Records>

const inline: OpenRecords = (clock) =>
  Promise.resolve(openInlineSqliteRecords({ file: ':memory:', clock, timers: systemTimers }))

const onPostgres: OpenRecords = async (clock) =>
  openPostgresRecords({ url: await freshDatabase(), clock, timers: systemTimers, log: quietLog() })

/** What the stories are told on: the same operations must decide the same everywhere. */
export const stores: readonly { readonly name: string; readonly open: OpenRecords }[] = [
  { name: 'SQLite', open: inline },
  ...(noPostgres() === undefined ? [{ name: 'PostgreSQL', open: onPostgres }] : []),
]

export const openStory = async (open: OpenRecords = inline, sn = 'SN-1'): Promise<Story> => {
  const world = new World()
  const records = await open({ now: () => world.nowMs, monotonic: () => world.nowMs })
  const uuid = world.uuid()
  const account = { acquirerCode: '123', mid: '123456789012345', name: 'Corner shop' }
  const merchant = { uuid, publicId: uuidToText(uuid), ...account, ...world.about() }
  await records.submit('create-merchant', merchant)
  const terminal = { sn, vendor: 'V', model: 'M', tusn: null, assetEpoch: 0, ...world.about() }
  await records.submit('register-terminal', terminal)
  const certificate = { sn, certificate: certificateOf(world), ...world.about() }
  await records.submit('register-certificate', certificate)
  const found = await records.read('certificate-by-hash', { sha256: hash(1) })
  const made = await records.read('merchant-by-uuid', { uuid })
  if (found === undefined || made === undefined) throw new Error('the story has no beginning')
  const ids = { terminal: found.terminal.id, merchant: made.id, certificate: found.certificate.id }
  return new Story({ records, world, sn, ids })
}

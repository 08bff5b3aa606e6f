/**
 * One terminal and its merchant in an in-memory database, and the operations on them by short names, as
 * the loops and handlers would submit them. Times, ids and hashes are made up; nothing is signed.
 */
import { openInlineSqliteRecords, systemTimers, type CommandView } from '@tillgate/gateway'
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'

export const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
export const hash = (fill: number): Uint8Array => bytes(fill, 32)

const dayMs = 86_400_000

export const openStory = async (sn = 'SN-1') => {
  let clock = 1_700_000_000_000
  let made = 0
  const atMs = (): number => (clock += 1)
  const uuid = (): Uint8Array => {
    made += 1
    const id = bytes(0)
    new DataView(id.buffer).setUint32(12, made)
    return id
  }
  const records = openInlineSqliteRecords({
    file: ':memory:',
    clock: { now: () => clock, monotonic: () => clock },
    timers: systemTimers,
  })
  const merchantUuid = uuid()
  const about = (): { actor: string; atMs: number } => ({ actor: 'me', atMs: atMs() })
  await records.submit('create-merchant', {
    uuid: merchantUuid,
    publicId: uuidToText(merchantUuid),
    acquirerCode: '123',
    mid: '123456789012345',
    name: 'Corner shop',
    ...about(),
  })
  await records.submit('register-terminal', {
    sn,
    vendor: 'V',
    model: 'M',
    tusn: null,
    assetEpoch: 0,
    ...about(),
  })
  const registered = await records.submit('register-certificate', {
    sn,
    certificate: {
      sha256: hash(1),
      der: bytes(1),
      spki: bytes(1),
      issuer: 'vendor',
      notBeforeMs: 0,
      notAfterMs: clock + dayMs,
    },
    ...about(),
  })
  if (!registered.ok) throw new Error(registered.code)
  const terminal = async () => {
    const row = await records.read('terminal-by-sn', { sn })
    if (row === undefined) throw new Error('no terminal')
    return row
  }
  const merchant = await records.read('merchant-by-uuid', { uuid: merchantUuid })
  const { id: terminalId } = await terminal()
  const certificate = await records.read('certificate-by-hash', { sha256: hash(1) })
  let hellos = 0

  const hello = async (over: Record<string, unknown> = {}) => {
    hellos += 1
    const answer = await records.submit('open-session', {
      terminalId,
      certificateId: certificate?.certificate.id ?? 0,
      sessionId: uuid(),
      sessionNonce: bytes(hellos),
      bootId: bytes(1),
      uplinkSeq: hellos * 100,
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
      atMs: atMs(),
      ...over,
    })
    if (!answer.ok) throw new Error(`hello: ${answer.code}`)
    return { ...answer, nonce: bytes(hellos) }
  }

  const show = async (id: Uint8Array): Promise<CommandView> => {
    const view = await records.read('command-by-uuid', { uuid: id })
    if (view === undefined) throw new Error('no command')
    return view
  }

  const order = async (
    type: keyof typeof commandTypeNumbers,
    over: Record<string, unknown> = {},
  ) => {
    const id = uuid()
    const [binding] = await records.read('bindings', { terminalId, live: 1, afterId: 0, limit: 1 })
    const answer = await records.submit('order-command', {
      uuid: id,
      publicId: uuidToText(id),
      terminalId,
      type: commandTypeNumbers[type],
      destructive: type === 'Unbind' ? 1 : 0,
      payload: bytes(7),
      bindingId: type === 'Unbind' ? (binding?.id ?? null) : null,
      notAfterMs: clock + dayMs,
      ...about(),
      ...over,
    })
    return { id, answer }
  }

  const claim = async (id: Uint8Array, seq: number, over: Record<string, unknown> = {}) => {
    const command = await show(id)
    const row = await terminal()
    return records.submit('claim-command', {
      commandId: command.id,
      fence: row.fence,
      seq,
      body: bytes(seq),
      bodyHash: hash(seq),
      attemptNonce: row.sessionNonce ?? bytes(0),
      assetEpoch: 0,
      bindingEpoch:
        command.type === commandTypeNumbers.Bind ? command.bindingEpoch : row.bindingEpoch,
      atMs: atMs(),
      ...over,
    })
  }

  /** What a terminal says of a command: the fields that every such operation takes. */
  const said = async (id: Uint8Array, over: Record<string, unknown> = {}) => {
    const command = await show(id)
    const row = await terminal()
    return {
      terminalId,
      fence: row.fence,
      commandUuid: id,
      downlinkHash: command.bodyHash,
      evidence: bytes(9),
      deliveredAtMs: null,
      atMs: atMs(),
      ...over,
    }
  }

  const bind = async (over: Record<string, unknown> = {}) => {
    const bindingUuid = uuid()
    const commandUuid = uuid()
    const answer = await records.submit('order-binding', {
      bindingUuid,
      bindingPublicId: uuidToText(bindingUuid),
      commandUuid,
      commandPublicId: uuidToText(commandUuid),
      terminalId,
      merchantId: merchant?.id ?? 0,
      storeId: null,
      acquirerCode: '123',
      mid: '123456789012345',
      tid: 'TID00001',
      payload: bytes(7),
      paramsHash: hash(7),
      notAfterMs: clock + dayMs,
      ...about(),
      ...over,
    })
    return { bindingUuid, commandUuid, answer }
  }

  /** Connected, bound, in service. */
  const bound = async () => {
    const session = await hello()
    const binding = await bind()
    await claim(binding.commandUuid, session.seqFirst)
    await records.submit('record-result', {
      ...(await said(binding.commandUuid)),
      code: 0,
      payload: bytes(0, 0),
      interrupted: false,
    })
    return { ...session, ...binding }
  }

  const ready = async (id: Uint8Array, nonce: number, over: Record<string, unknown> = {}) =>
    records.submit('record-ready', {
      ...(await said(id)),
      readyNonce: bytes(nonce),
      leaseMs: 120_000,
      summary: '',
      ...over,
    })

  const callHost = async (id: Uint8Array) =>
    records.submit('begin-host-call', { commandId: (await show(id)).id, atMs: atMs() })

  const hostSaid = async (
    id: Uint8Array,
    callNumber: number,
    answer: 'blocked' | 'open' | 'refused' | 'stale',
    seenNumber = 0,
  ) =>
    records.submit('record-host-answer', {
      commandId: (await show(id)).id,
      callNumber,
      answer,
      seenNumber,
      detail: '',
      atMs: atMs(),
    })

  const proceed = async (id: Uint8Array, nonce: number, over: Record<string, unknown> = {}) =>
    records.submit('commit-proceed', {
      commandId: (await show(id)).id,
      fence: (await terminal()).fence,
      readyNonce: bytes(nonce),
      body: bytes(99),
      bodyHash: hash(99),
      seq: 50,
      atMs: atMs(),
      ...over,
    })

  const prove = async (id: Uint8Array, nonce: number, over: Record<string, unknown> = {}) =>
    records.submit('record-proof', {
      ...(await said(id)),
      readyNonce: bytes(nonce),
      proceedHash: hash(99),
      assetEpoch: 0,
      bindingEpoch: 1,
      partial: false,
      certificateId: certificate?.certificate.id ?? 0,
      envelope: bytes(9),
      bodyHash: hash(98),
      ...over,
    })

  const release = async (
    id: Uint8Array,
    nonce: number | null,
    over: Record<string, unknown> = {},
  ) =>
    records.submit('record-released', {
      ...(await said(id)),
      readyNonce: nonce === null ? null : bytes(nonce),
      cause: 'ABORTED',
      abortSeq: 0,
      ...over,
    })

  const revoke = () =>
    records.submit('revoke-certificate', { sha256: hash(1), reason: 'lost', ...about() })

  const cancel = (id: Uint8Array) =>
    records.submit('cancel-command', { commandUuid: id, actor: 'me', atMs: atMs() })

  const kinds = async (id: Uint8Array): Promise<readonly string[]> =>
    (
      await records.read('events-of-command', {
        commandId: (await show(id)).id,
        afterId: 0,
        limit: 500,
      })
    ).map(({ kind }) => kind)

  return {
    records,
    terminalId,
    terminal,
    hello,
    order,
    claim,
    said,
    bind,
    bound,
    ready,
    callHost,
    hostSaid,
    proceed,
    prove,
    release,
    cancel,
    revoke,
    show,
    kinds,
    liveBindings: () => records.read('bindings', { terminalId, live: 1, afterId: 0, limit: 10 }),
    close: () => records.close(),
  }
}

export type Story = Awaited<ReturnType<typeof openStory>>

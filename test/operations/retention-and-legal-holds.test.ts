// What must no longer be there is destroyed for ever, unless a legal hold stands; what must be there is not.
import {
  createDocumentService,
  createRetentionLoop,
  createScopeSealing,
  createSealer,
  openInlineSqliteRecords,
  softwareSealing,
  systemEntropy,
  systemIds,
  systemTimers,
} from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect, onTestFinished, test } from 'vitest'
import { merchant, uuid } from '../contract/records/inputs.js'
import { quietLog } from '../contract/records/quiet.js'
import { waitFor } from '../ground/index.js'

const dayMs = 86_400_000
const scope = 'merchant:0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
const of = { what: 'test', whose: 'somebody' }
const secret = new Uint8Array([1, 2, 3])
const content = new Uint8Array(Buffer.from('%PDF-1.7 content %%EOF'))

const open = async () => {
  let nowMs = 1_700_000_000_000
  const clock = { now: () => nowMs, monotonic: () => nowMs }
  const records = openInlineSqliteRecords({ file: ':memory:', clock, timers: systemTimers })
  const keys = softwareSealing(createSealer(new Uint8Array(32), systemEntropy), systemEntropy)
  const scopes = createScopeSealing({ records, keys, clock })
  const system = { clock, entropy: systemEntropy, ids: systemIds, digest: nodePrimitives }
  const documents = createDocumentService({ records, scopes, ...system })
  const looping = { records, clock, timers: systemTimers, log: quietLog(), beatMs: 10 }
  const loop = createRetentionLoop(looping)
  loop.start()
  onTestFinished(async () => {
    await loop.stop()
    await records.close()
  })
  await records.submit('create-merchant', merchant('M1'))
  return {
    records,
    scopes,
    documents,
    pass: (ms: number) => (nowMs += ms),
    about: () => ({ actor: 'a test', atMs: nowMs }),
    upload: (retainMs: number) =>
      documents.upload({
        ...{ scope, merchantId: 1, kind: 'other', mediaType: 'application/pdf', name: 'a.pdf' },
        ...{ content, actor: 'a test', retainUntilMs: nowMs + retainMs },
      }),
    async row() {
      const [row] = await records.read('documents', { afterId: 0, limit: 10 })
      if (row === undefined) throw new Error('no document')
      return row
    },
    kinds: async () =>
      (await records.read('events', { afterId: 0, limit: 100 })).map(({ kind }) => kind),
  }
}

test('at the end of retention the document goes, then everything under the key, for ever', async () => {
  const { documents, records, scopes, pass, upload, row, kinds } = await open()
  expect(await upload(dayMs)).toMatchObject({ ok: true })
  const sealing = scopes.of(scope)
  const sealed = await sealing.seal(of, secret)
  if (!sealed.ok) throw new Error(sealed.code)
  pass(dayMs)
  await waitFor(async () => (await kinds()).includes('scope-key.destroyed'), {
    what: 'the loop has passed',
    timeoutMs: 60_000,
  })
  await waitFor(async () => (await row()).state === 'DROPPED', {
    what: 'the loop has passed',
    timeoutMs: 60_000,
  })
  // What was opened before the destruction is no way around it.
  expect(await sealing.open(of, sealed.sealed)).toEqual({ ok: false, code: 'DESTROYED' })
  expect(await sealing.seal(of, secret)).toEqual({ ok: false, code: 'DESTROYED' })
  const gone = await row()
  expect(gone).toMatchObject({ sealedName: null, sealedSalt: null, droppedWhy: 'retention-over' })
  expect(gone.contentHash).toHaveLength(32)
  expect(await documents.content(gone)).toMatchObject({ ok: false, code: 'DESTROYED' })
  const part = await records.read('document-part', { documentId: gone.id, place: 0 })
  expect(part?.sealedPart).toBeNull()
  const key = await records.read('scope-key', { scope })
  expect(key).toMatchObject({ sealedPart: null, destroyedBy: 'gateway' })
  expect(await upload(dayMs)).toMatchObject({ ok: false, code: 'DESTROYED' })
})

test('while a legal hold stands nothing goes; after its end it does', async () => {
  const { records, documents, pass, about, upload, row, kinds } = await open()
  await upload(dayMs)
  const hold = { uuid: uuid(), publicId: 'a hold', scope, reason: 'file 1' }
  await records.submit('place-legal-hold', { ...hold, ...about() })
  pass(10 * dayMs)
  const order = { scope, why: 'somebody', ...about() }
  expect(await records.submit('destroy-scope-key', order)).toEqual({ ok: false, code: 'HELD' })
  const { id: documentId } = await row()
  expect(await records.submit('drop-document', { documentId, scope, ...about() })).toEqual({
    ok: false,
    code: 'HELD',
  })
  expect(await documents.content(await row())).toMatchObject({ ok: true })
  await records.submit('end-legal-hold', { uuid: hold.uuid, reason: 'over', ...about() })
  await waitFor(async () => (await kinds()).includes('scope-key.destroyed'), {
    what: 'the loop has passed',
    timeoutMs: 60_000,
  })
})

test('a key is kept as long as the longest wish, and never destroyed before', async () => {
  const { records, pass, about, upload } = await open()
  await upload(dayMs)
  const wish = { scope, retainUntilMs: 1_700_000_000_000 + 3 * dayMs, ...about() }
  expect(await records.submit('set-retention', wish)).toMatchObject({ ok: true })
  const shorter = await records.submit('set-retention', { ...wish, retainUntilMs: 1 })
  expect(shorter).toEqual({ ok: true, retainUntilMs: wish.retainUntilMs })
  pass(2 * dayMs)
  const order = { scope, why: 'somebody', ...about() }
  expect(await records.submit('destroy-scope-key', order)).toEqual({ ok: false, code: 'NOT_DUE' })
})

test('of two that make a key at once one is kept, and both seal under it', async () => {
  const { scopes } = await open()
  const answers = await Promise.all([1, 2, 3].map(() => scopes.of(scope).seal(of, secret)))
  for (const sealed of answers) {
    if (!sealed.ok) throw new Error(sealed.code)
    expect(await scopes.of(scope).open(of, sealed.sealed)).toEqual({ ok: true, secret })
  }
})

test('an upload that was never whole is given up, and nobody has seen it', async () => {
  const { records, scopes, pass, about } = await open()
  await scopes.of(scope).seal(of, secret)
  const begun = await records.submit('begin-document', {
    ...{ uuid: uuid(), scope, merchantId: 1, kind: 'other', mediaType: 'application/pdf' },
    ...{ sizeBytes: 9, partCount: 2, contentHash: new Uint8Array(32), sealedName: secret },
    ...{ sealedSalt: secret, retainUntilMs: 2e12, patienceUntilMs: about().atMs + 1_000 },
    ...about(),
  })
  if (!begun.ok || begun.documentId === null) throw new Error('not begun')
  const part = { documentId: begun.documentId, place: 0, sealedPart: secret }
  await records.submit('store-document-part', part)
  const keep = { documentId: begun.documentId, scope, ...about() }
  expect(await records.submit('keep-document', keep)).toMatchObject({ code: 'ILLEGAL_STATE' })
  expect(await records.read('documents', { afterId: 0, limit: 10 })).toEqual([])
  pass(1_000)
  await waitFor(
    async () =>
      (await records.read('document-part', { documentId: begun.documentId, place: 0 }))
        ?.sealedPart === null,
    { what: 'the loop has passed', timeoutMs: 60_000 },
  )
})

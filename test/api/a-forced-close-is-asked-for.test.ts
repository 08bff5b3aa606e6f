// POST /v1/unbind-cases/{id}/force: what is asked, of whom, and what is refused before anybody votes.
import { expect, test } from 'vitest'
import { fieldsOf, openBench, startMs, type Bench } from './bench.js'

const filled = (value: number, length = 16): Uint8Array => new Uint8Array(length).fill(value)

/** A terminal that serves, and a case about it. */
const openCase = async (bench: Bench): Promise<string> => {
  const { records } = bench.services
  const account = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner' }
  const merchant = await bench.call('POST', '/v1/merchants', { body: account })
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'V', model: 'M' } })
  const certificate = { sha256: filled(1, 32), der: filled(1), spki: filled(1) }
  const valid = { issuer: 'vendor', notBeforeMs: 0, notAfterMs: startMs * 2 } as const
  const about = { actor: 'tester', atMs: startMs }
  const registered = { sn: 'SN-1', certificate: { ...certificate, ...valid }, ...about }
  await records.submit('register-certificate', registered)
  const found = await records.read('certificate-by-hash', { sha256: certificate.sha256 })
  const body = { sn: 'SN-1', merchantId: merchant.at('id'), tid: '10000017' }
  await bench.call('POST', '/v1/bindings', { body })
  const terminalId = found?.terminal.id ?? 0
  const session = await records.submit('open-session', {
    ...{ terminalId, certificateId: found?.certificate.id ?? 0, sessionId: filled(2) },
    ...{ sessionNonce: filled(3), bootId: filled(4), uplinkSeq: 1, firmware: 'f', model: 'M' },
    ...{ assetEpoch: 0, bindingEpoch: 0, lastSeq: 0, signerListVersion: 1, locked: false },
    ...{ keySlots: '[]', hasMasterKey: true, evidence: filled(5), atMs: startMs },
  })
  if (!session.ok) throw new Error(session.code)
  const { fence, seqFirst: seq, assetEpoch } = session
  const [command] = await records.read('commands', { terminalId, afterId: 0, limit: 1 })
  const commandUuid = command?.uuid ?? filled(0)
  const bodyHash = filled(6, 32)
  await records.submit('claim-command', {
    ...{ commandId: command?.id ?? 0, fence, seq, body: filled(6), bodyHash, assetEpoch },
    ...{ attemptNonce: filled(3), bindingEpoch: 1, atMs: startMs },
  })
  await records.submit('record-result', {
    ...{ terminalId, fence, commandUuid, downlinkHash: bodyHash, evidence: filled(7) },
    ...{ deliveredAtMs: null, atMs: startMs, code: 0, payload: filled(0, 0), interrupted: false },
  })
  const wish = { sn: 'SN-1', reason: 'LOST' }
  const opened = await bench.call('POST', '/v1/unbind-cases', { body: wish })
  expect(opened.status).toBe(201)
  return String(opened.at('id'))
}

const force = (bench: Bench, id: string, over = {}, token = bench.admin) =>
  bench.call('POST', `/v1/unbind-cases/${id}/force`, {
    token,
    body: { reason: 'FORCE_DEVICE_LOST', why: 'left in a taxi', ...over },
  })

test('two persons are to decide on the case, its reason and its binding; nothing is closed yet', async () => {
  const bench = await openBench()
  const id = await openCase(bench)
  const shown = await bench.call('GET', `/v1/unbind-cases/${id}`)
  expect(shown.at('forced')).toBeNull()
  expect(shown.at('mayBeForced.0')).toEqual({
    code: 'FORCE_DEVICE_LOST',
    en: 'The terminal is lost or stolen',
    zh: '终端遗失、被盗',
    documents: [],
  })
  const asked = await force(bench, id, {}, await bench.token('approvals:write'))
  expect(asked.status).toBe(201)
  expect([asked.at('kind'), asked.at('approversNeeded')]).toEqual(['force-close', 2])
  expect(JSON.parse(String(asked.at('subject')))).toMatchObject({
    command: 'ForceClose',
    parameters: {
      ...{ case: id, reason: 'FORCE_DEVICE_LOST', document: null },
      withoutSettlement: true,
    },
    targets: [{ sn: 'SN-1', epoch: 1 }],
  })
  expect((await bench.call('GET', `/v1/unbind-cases/${id}`)).at('state')).toBe('OPENED')
})

test('what is not good now is refused with the field, before anybody votes', async () => {
  const bench = await openBench()
  const id = await openCase(bench)
  const silent = await force(bench, id, { reason: 'FORCE_SILENT_TIMEOUT' })
  expect([silent.status, silent.at('code')]).toEqual([409, 'ILLEGAL_STATE'])
  const paperless = await force(bench, id, { reason: 'FORCE_DEPOT_ERASED' })
  expect(fieldsOf(paperless)).toEqual(['documentId'])
  const documentId = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
  const foreign = await force(bench, id, { reason: 'FORCE_DEPOT_ERASED', documentId })
  expect(fieldsOf(foreign)).toEqual(['documentId'])
  expect(fieldsOf(await force(bench, id, { reason: 'LOST' }))).toEqual(['reason'])
  expect((await force(bench, documentId)).status).toBe(404)
  const listed = await bench.call('GET', '/v1/approvals')
  expect(listed.at('items')).toEqual([])
})

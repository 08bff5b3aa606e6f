// A terminal that has been bound and has confirmed it, as far as the records know, and a case about it.
import { expect } from 'vitest'
import { startMs, type Bench } from './bench.js'

const filled = (value: number, length = 16): Uint8Array => new Uint8Array(length).fill(value)

/** A terminal that serves, and a case about it. */
export const openCaseOf = async (
  bench: Bench,
  reason: string,
): Promise<{ readonly id: string; readonly merchantId: string; readonly url: string }> => {
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
  const wish = { sn: 'SN-1', reason }
  const opened = await bench.call('POST', '/v1/unbind-cases', { body: wish })
  expect(opened.status).toBe(201)
  const id = String(opened.at('id'))
  return { id, merchantId: String(merchant.at('id')), url: `/v1/unbind-cases/${id}` }
}

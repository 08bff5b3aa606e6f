// The renewals port over the PKI: who gets a next certificate, and who is refused.
import { renewalBytes } from '@tillgate/protocol'
import { nodePrimitives, privateKeyHandle } from '@tillgate/protocol/node'
import { createHash, KeyObject, X509Certificate } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Renewals } from '../../../gateway/src/core/ports/renewals.js'
import { insert, operation, update } from '../../../gateway/src/core/operations/operation.js'
import { operations } from '../../../gateway/src/core/operations/catalogue.js'
import type { Insertable } from '../../../gateway/src/core/records/tables.js'
import type { Pki } from '../../../gateway/src/pki/index.js'
import {
  csrFor,
  day,
  eventsOf,
  makeCsr,
  newMachine,
  newToken,
  openRecords,
  registerTerminal,
  start,
  type KeyKind,
  type Keys,
  type Machine,
  type MadeCsr,
} from '../../pki/pki-ground.js'

const sn = 'T1'
let machine: Machine
let pki: Pki
let renewals: Renewals
let old: MadeCsr
let oldSha256: Uint8Array
let terminalId: number

/** Lets a test put rows where a whole command would be a long way round. */
const put = operation<{ readonly command: Insertable<'command'> }, undefined, object>({
  name: 'put',
  // eslint-disable-next-line require-yield -- it needs no rows
  *load() {
    return undefined
  },
  decide: (_, { command }) => ({ writes: [insert('command', command)], result: {} }),
})

const settle = operation<{ readonly id: number }, undefined, object>({
  name: 'settle',
  // eslint-disable-next-line require-yield -- it needs no rows
  *load() {
    return undefined
  },
  decide: (_, { id }) => ({
    writes: [update('command', id, { state: 'done', phase: null, open: 0, finalAtMs: 5 })],
    result: {},
  }),
})

const identify = async (kind: KeyKind): Promise<void> => {
  old = await makeCsr(sn, kind)
  const { nowMs } = machine.clock
  const token = await newToken(pki, sn, nowMs, { reenrol: true })
  const answer = await pki.enrolment.enrol({ csrPem: old.pem, token, nowMs })
  if (!answer.ok) throw new Error(answer.rule)
  const der = new X509Certificate(answer.certificatePem).raw
  oldSha256 = new Uint8Array(createHash('sha256').update(der).digest())
}

beforeEach(async () => {
  machine = newMachine(openRecords({ ...operations, put, settle }))
  pki = await start(machine)
  renewals = pki.renewals
  await registerTerminal(machine.records, sn)
  terminalId = (await machine.records.read('terminal-by-sn', { sn }))!.id
  await identify('EC')
})
afterEach(() => machine.records.close())

const vouch = (csr: Uint8Array, keys: Keys): Uint8Array => {
  const alg = keys.privateKey.algorithm.name === 'ECDSA' ? 'ES256' : 'PS256'
  const key = privateKeyHandle(KeyObject.from(keys.privateKey), alg)
  return nodePrimitives.sign(key, renewalBytes(nodePrimitives, csr))
}

const ask = (csr: MadeCsr, change: object = {}) =>
  renewals.renew({
    terminalId,
    sn,
    certificateSha256: oldSha256,
    csr: csr.der,
    proofOfOldKey: vouch(csr.der, old.keys),
    nowMs: machine.clock.nowMs,
    ...change,
  })

const certificates = () => machine.records.read('certificates-of-terminal', { terminalId })

describe('a renewal', () => {
  it.each<[KeyKind, KeyKind]>([
    ['EC', 'EC'],
    ['EC', 'RSA'],
    ['RSA', 'EC'],
  ])(
    'from a key of %s to one of %s gives the next certificate and keeps the old',
    async (from, to) => {
      if (from === 'RSA') await identify(from)
      const before = (await certificates()).length
      machine.clock.nowMs += 300 * day
      const csr = await makeCsr(sn, to)
      const answer = await ask(csr)
      if (!answer.ok) throw new Error(answer.rule)
      const certificate = new X509Certificate(answer.certificateDer)
      expect(certificate.subject).toBe(`CN=${sn}`)
      expect(answer.chain).toEqual(pki.ca.der)
      const rows = await certificates()
      expect(rows).toHaveLength(before + 1)
      expect(rows.map(({ revoked }) => revoked)).toEqual(rows.map(() => 0))
      expect(rows.at(-1)!.notAfterMs).toBeGreaterThan(rows.at(-2)!.notAfterMs)
      expect(await eventsOf(machine.records)).toContain('certificate.renewed')
    },
  )

  it('that is asked for again with the same key is answered with the same certificate', async () => {
    const csr = await makeCsr(sn)
    const first = await ask(csr)
    expect(await ask(csr)).toEqual(first)
    expect(await ask(await csrFor(sn, csr.keys))).toEqual(first)
    expect(await certificates()).toHaveLength(2)
  })

  it('is refused when the key in force did not sign this very request', async () => {
    const csr = await makeCsr(sn)
    const other = await makeCsr(sn)
    for (const proofOfOldKey of [
      vouch(csr.der, csr.keys),
      vouch(other.der, old.keys),
      new Uint8Array(64),
      nodePrimitives.sign(privateKeyHandle(KeyObject.from(old.keys.privateKey), 'ES256'), csr.der),
    ]) {
      expect(await ask(csr, { proofOfOldKey })).toMatchObject({
        ok: false,
        code: 'BAD_SIGNATURE',
        field: 'proofOfOldKey',
      })
    }
    expect(await certificates()).toHaveLength(1)
  })

  it('is refused for a request that its own key did not sign, or for another serial number', async () => {
    const broken = await makeCsr(sn)
    broken.der[broken.der.length - 1]! ^= 1
    expect(await ask(broken)).toMatchObject({ code: 'CSR_INVALID', field: 'csr' })
    expect(await ask(await makeCsr('T2'))).toMatchObject({ code: 'CSR_INVALID', field: 'csr' })
    expect(await ask(await csrFor(sn, old.keys))).toMatchObject({ code: 'CSR_INVALID' })
  })

  it('is refused on a certificate that is unknown, foreign, revoked or at its end', async () => {
    const csr = await makeCsr(sn)
    await registerTerminal(machine.records, 'T2')
    const foreign = (await machine.records.read('terminal-by-sn', { sn: 'T2' }))!.id
    const unknown = { certificateSha256: new Uint8Array(32) }
    expect(await ask(csr, unknown)).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' })
    expect(await ask(csr, { terminalId: foreign })).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' })
    expect(await ask(csr, { sn: 'T2' })).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' })
    const late = { nowMs: machine.clock.nowMs + 400 * day }
    expect(await ask(csr, late)).toMatchObject({ code: 'CERTIFICATE_EXPIRED' })
    await pki.certificates.revoke({
      fingerprint: Buffer.from(oldSha256).toString('hex'),
      reason: 'lost',
      actor: 'ops',
      nowMs: machine.clock.nowMs,
    })
    expect(await ask(csr)).toMatchObject({ code: 'CERTIFICATE_REVOKED' })
    expect(await certificates()).toHaveLength(1)
  })

  it('ends in a limit for a terminal that renews without end', async () => {
    const codes: string[] = []
    for (let i = 0; i < 9; i++) {
      const answer = await ask(await makeCsr(sn))
      codes.push(answer.ok ? 'ok' : answer.code)
    }
    expect(codes).toEqual([
      ...Array.from({ length: 7 }, () => 'ok'),
      'RATE_LIMITED',
      'RATE_LIMITED',
    ])
  })
})

describe('while a proof is open', () => {
  const command = (change: Partial<Insertable<'command'>>): Insertable<'command'> => ({
    id: 1,
    uuid: new Uint8Array(16),
    terminalId,
    bindingId: null,
    caseId: null,
    type: 64,
    destructive: 1,
    payload: new Uint8Array(1),
    approvalHash: null,
    assetEpoch: 1,
    bindingEpoch: 1,
    createdBy: 'ops',
    createdAtMs: 1,
    notAfterMs: 2,
    state: 'running',
    phase: 'erasing',
    open: 1,
    outcomeUnknown: 0,
    attempts: 1,
    seq: 1,
    fence: 1,
    body: null,
    bodyHash: null,
    attemptNonce: null,
    publishedAtMs: 1,
    deliveredAtMs: null,
    acceptedAtMs: null,
    readyNonce: null,
    readyAtMs: null,
    leaseMs: null,
    hostCallNumber: null,
    hostAnswer: null,
    tidMayBeBlocked: 0,
    proceedBody: null,
    proceedHash: null,
    proceedSeq: null,
    proceedAtMs: null,
    afterRelease: null,
    resultCode: null,
    resultPayload: null,
    finalAtMs: null,
    ...change,
  })

  const submit = (name: string, input: object): Promise<unknown> =>
    machine.records.submit(name as 'create-merchant', input as never)

  it('a renewal waits, and goes through once the command has ended', async () => {
    const csr = await makeCsr(sn)
    await submit('put', { command: command({}) })
    expect(await ask(csr)).toMatchObject({ ok: false, code: 'COMMAND_IN_FLIGHT', field: 'csr' })
    await submit('settle', { id: 1 })
    expect((await ask(csr)).ok).toBe(true)
  })

  it('neither a harmless command nor one that never left holds it up', async () => {
    await submit('put', { command: command({ type: 1, destructive: 0, phase: null }) })
    const queued = {
      id: 2,
      uuid: new Uint8Array(16).fill(2),
      state: 'queued',
      phase: null,
    } as const
    await submit('put', { command: command(queued) })
    expect((await ask(await makeCsr(sn))).ok).toBe(true)
  })
})

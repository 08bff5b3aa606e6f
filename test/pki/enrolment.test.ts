import { openSignerList } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Pki } from '../../gateway/src/pki/index.js'
import { tempFolder, testWith } from '../ground/index.js'
import {
  csrFor,
  day,
  endpoint,
  eventsOf,
  makeCsr,
  newMachine,
  newToken,
  openRecords,
  registerTerminal,
  start,
  type KeyKind,
  type Machine,
} from './pki-ground.js'

const sn = 'SN.0001-a'
let machine: Machine
let pki: Pki

beforeEach(async () => {
  machine = newMachine(openRecords())
  pki = await start(machine)
  await registerTerminal(machine.records, sn)
})
afterEach(() => machine.records.close())

const enrol = (csrPem: string, token: string) =>
  pki.enrolment.enrol({ csrPem, token, nowMs: machine.clock.nowMs })

const enrolled = async (csrPem: string, token: string) => {
  const answer = await enrol(csrPem, token)
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.rule}`)
  return answer
}

const certificates = async () => {
  const terminal = await machine.records.read('terminal-by-sn', { sn })
  return machine.records.read('certificates-of-terminal', { terminalId: terminal!.id })
}

const badToken = { ok: false, code: 'ENROLMENT_TOKEN_INVALID', field: 'token' }

describe('enrolment', () => {
  it.each<KeyKind>(['EC', 'RSA'])('gives a terminal with an %s key all it needs', async (kind) => {
    const csr = await makeCsr(sn, kind)
    const answer = await enrolled(csr.pem, await newToken(pki, sn, machine.clock.nowMs))
    expect(answer).toMatchObject({
      sn,
      clientId: sn,
      topics: { down: `tg/1/${sn}/down`, up: `tg/1/${sn}/up`, state: `tg/1/${sn}/state` },
      endpoint,
      replayed: false,
    })
    const certificate = new X509Certificate(answer.certificatePem)
    const ca = new X509Certificate(answer.chainPem)
    expect(certificate.subject).toBe(`CN=${sn}`)
    expect(certificate.verify(ca.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
    const root = nodePrimitives.importPublicKey(Buffer.from(answer.offlineRoot, 'base64'), 'ES256')!
    const list = openSignerList(nodePrimitives, root, Buffer.from(answer.signerList, 'base64'))
    expect(list.ok).toBe(true)
    const [row] = await certificates()
    expect(row).toMatchObject({ issuer: 'tillgate', revoked: 0 })
    expect(Buffer.from(row!.der)).toEqual(certificate.raw)
    expect(Buffer.from(row!.spki)).toEqual(spki)
    expect(row!.notAfterMs).toBe(Date.parse(certificate.validTo))
    expect(pki.trusts(row!)).toBe(true)
    expect(await eventsOf(machine.records)).toContain('terminal.enrolled')
  })

  it('answers the same request again with the same certificate, even when the token has expired since', async () => {
    const csr = await makeCsr(sn)
    const token = await newToken(pki, sn, machine.clock.nowMs)
    const first = await enrolled(csr.pem, token)
    machine.clock.nowMs += 2 * day
    const again = await enrolled(csr.pem, token)
    expect(again).toEqual({ ...first, replayed: true })
    expect(await certificates()).toHaveLength(1)
    expect(
      (await eventsOf(machine.records)).filter((kind) => kind === 'terminal.enrolled'),
    ).toHaveLength(1)
  })

  it('uses a token up: another request with it is refused', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs)
    await enrolled((await makeCsr(sn)).pem, token)
    expect(await enrol((await makeCsr(sn)).pem, token)).toMatchObject(badToken)
    expect(await certificates()).toHaveLength(1)
  })

  it('lets exactly one of two requests that race for one token through', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs)
    const csrs = await Promise.all([makeCsr(sn), makeCsr(sn), makeCsr(sn)])
    const answers = await Promise.all(csrs.map(({ pem }) => enrol(pem, token)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await certificates()).toHaveLength(1)
  })

  it('refuses an expired token, to the millisecond', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs, { lifeMs: 60_000 })
    const csr = await makeCsr(sn)
    machine.clock.nowMs += 60_000
    expect(await enrol(csr.pem, token)).toMatchObject(badToken)
    machine.clock.nowMs -= 1
    expect((await enrolled(csr.pem, token)).sn).toBe(sn)
  })

  it("refuses a token whose text was turned to another terminal's serial number", async () => {
    await registerTerminal(machine.records, 'SN2')
    const token = await newToken(pki, sn, machine.clock.nowMs)
    const foreign = token.replace(sn, 'SN2')
    expect(await enrol((await makeCsr('SN2')).pem, foreign)).toMatchObject(badToken)
  })

  it('keeps nothing by which a token could be used', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs)
    const [row] = await machine.records.read('enrolment-tokens', { afterId: 0, limit: 10 })
    expect(Buffer.from(row!.tokenHash)).toEqual(createHash('sha256').update(token).digest())
    const events = await machine.records.read('events', { afterId: 0, limit: 100 })
    expect(JSON.stringify(events)).not.toContain(token.split('.').at(-2))
  })

  it('refuses a request for another serial number than the token is for, and keeps the token', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs)
    const answer = await enrol((await makeCsr('SN2')).pem, token)
    expect(answer).toMatchObject({ ok: false, code: 'CSR_INVALID', field: 'csrPem' })
    expect((await enrolled((await makeCsr(undefined)).pem, token)).sn).toBe(sn)
  })
})

describe('a token', () => {
  const order = (change: object = {}) =>
    pki.enrolment.createToken({
      sn,
      reenrol: false,
      actor: 'ops',
      nowMs: machine.clock.nowMs,
      ...change,
    })

  it('is not made for a serial number that is not registered', async () => {
    expect(await order({ sn: 'NOBODY' })).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
      field: 'sn',
    })
  })

  it.each([0, 59_999, day + 1, 1.5, Number.NaN])('does not live for %d ms', async (lifeMs) => {
    expect(await order({ lifeMs })).toMatchObject({
      ok: false,
      code: 'VALIDATION',
      field: 'lifeMs',
    })
  })

  it('is shown once: a repeated request names it and does not show it', async () => {
    const idempotency = { keyHash: new Uint8Array(32), requestHash: new Uint8Array(32) }
    const first = await order({ idempotency })
    const again = await order({ idempotency })
    expect(first).toMatchObject({ ok: true, token: expect.stringMatching(/^tg1\./) as string })
    expect(again).toMatchObject({ ok: true, token: undefined })
    if (!first.ok || !again.ok) throw new Error('refused')
    expect(again.publicId).toBe(first.publicId)
    const other = { ...idempotency, requestHash: new Uint8Array(32).fill(1) }
    expect(await order({ idempotency: other })).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
  })
})

describe('a serial number with a live certificate', () => {
  beforeEach(async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs)
    await enrolled((await makeCsr(sn)).pem, token)
  })

  it('gets no token, and an older unused token does not help', async () => {
    const order = { sn, reenrol: false, actor: 'ops', nowMs: machine.clock.nowMs }
    expect(await pki.enrolment.createToken(order)).toMatchObject({ code: 'CERTIFICATE_LIVE' })
    await registerTerminal(machine.records, 'SN2')
    const [early, late] = [await newToken(pki, 'SN2', 1), await newToken(pki, 'SN2', 1)]
    machine.clock.nowMs = 2
    expect((await enrol((await makeCsr('SN2')).pem, early)).ok).toBe(true)
    expect(await enrol((await makeCsr('SN2')).pem, late)).toMatchObject({
      code: 'CERTIFICATE_LIVE',
    })
  })

  it('is enrolled again by an administrator, which raises an alarm and leaves the old one as it is', async () => {
    const token = await newToken(pki, sn, machine.clock.nowMs, { reenrol: true })
    expect(await eventsOf(machine.records)).not.toContain('alarm.REENROLLED')
    await enrolled((await makeCsr(sn)).pem, token)
    expect(await eventsOf(machine.records)).toContain('alarm.REENROLLED')
    expect((await certificates()).map(({ revoked }) => revoked)).toEqual([0, 0])
  })

  it('needs no leave and raises no alarm once that certificate has ended', async () => {
    machine.clock.nowMs += 366 * day
    await enrolled((await makeCsr(sn)).pem, await newToken(pki, sn, machine.clock.nowMs))
    expect(await eventsOf(machine.records)).not.toContain('alarm.REENROLLED')
  })
})

describe('a revoked certificate', () => {
  it('ends the trust in its key for good, and the repetition of its enrolment', async () => {
    const csr = await makeCsr(sn)
    const token = await newToken(pki, sn, machine.clock.nowMs)
    await enrolled(csr.pem, token)
    const [row] = await certificates()
    const revoke = (reason = 'stolen') =>
      pki.certificates.revoke({
        fingerprint: Buffer.from(row!.sha256).toString('hex'),
        reason,
        actor: 'ops',
        nowMs: machine.clock.nowMs,
      })
    const first = await revoke()
    expect(first).toMatchObject({ ok: true, sn, terminalId: row!.terminalId, replayed: false })
    machine.clock.nowMs += 1
    expect(await revoke('again')).toMatchObject({ ...first, replayed: true })
    expect((await certificates())[0]).toMatchObject({ revoked: 1, revokeReason: 'stolen' })
    expect(await enrol(csr.pem, token)).toMatchObject({ code: 'CERTIFICATE_REVOKED' })
    const next = await newToken(pki, sn, machine.clock.nowMs)
    expect(await enrol((await csrFor(sn, csr.keys)).pem, next)).toMatchObject({
      code: 'CSR_INVALID',
    })
    expect((await enrol((await makeCsr(sn)).pem, next)).ok).toBe(true)
  })

  it('must be one that is registered, with a reason', async () => {
    const order = { fingerprint: '00'.repeat(32), reason: 'x', actor: 'ops', nowMs: 1 }
    expect(await pki.certificates.revoke(order)).toMatchObject({ code: 'NOT_FOUND' })
    for (const bad of [{ fingerprint: 'abc' }, { reason: '' }, { reason: 'x'.repeat(161) }]) {
      expect(await pki.certificates.revoke({ ...order, ...bad })).toMatchObject({
        code: 'VALIDATION',
      })
    }
  })
})

describe('a stranger with openssl', () => {
  const run = (cwd: string, ...args: string[]): string =>
    execFileSync('openssl', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  for (const [kind, keyArguments] of [
    ['RSA-2048', ['-newkey', 'rsa:2048']],
    ['EC P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ] as const) {
    testWith(
      ['openssl'],
      `gets a certificate for ${kind} that openssl verifies strictly`,
      async () => {
        const folder = tempFolder('openssl')
        const request = ['-nodes', '-keyout', 'key.pem', '-subj', `/CN=${sn}`, '-out', 'csr.pem']
        run(folder, 'req', '-new', ...keyArguments, ...request)
        const token = await newToken(pki, sn, machine.clock.nowMs)
        const answer = await enrolled(readFileSync(join(folder, 'csr.pem'), 'utf8'), token)
        writeFileSync(join(folder, 'certificate.pem'), answer.certificatePem)
        writeFileSync(join(folder, 'ca.pem'), answer.chainPem)
        const strict = ['verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', 'ca.pem']
        expect(run(folder, ...strict, 'certificate.pem')).toContain('OK')
        const fingerprint = run(
          folder,
          'x509',
          '-in',
          'ca.pem',
          '-noout',
          '-fingerprint',
          '-sha256',
        )
        expect(fingerprint.trim().split('=')[1]!.replaceAll(':', '').toLowerCase()).toBe(
          token.split('.').at(-1),
        )
      },
    )
  }
})

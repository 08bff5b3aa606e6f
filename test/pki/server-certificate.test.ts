// What the listener shows, over a real handshake; and what changes with the time.
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Pki } from '../../gateway/src/pki/index.js'
import {
  day,
  makeCsr,
  newMachine,
  newToken,
  openRecords,
  pkcs8Pem,
  registerTerminal,
  start,
  type KeyKind,
  type Machine,
} from './pki-ground.js'

let machine: Machine
let pki: Pki

beforeEach(async () => {
  machine = newMachine(openRecords())
  pki = await start(machine)
})
afterEach(() => machine.records.close())

describe('a mutual handshake', () => {
  it.each<[KeyKind, 'TLSv1.2' | 'TLSv1.3']>([
    ['EC', 'TLSv1.3'],
    ['RSA', 'TLSv1.3'],
    ['EC', 'TLSv1.2'],
    ['RSA', 'TLSv1.2'],
  ])(
    'succeeds for an enrolled %s key on %s, and the records know who it is',
    async (kind, version) => {
      await registerTerminal(machine.records, 'T1')
      const { nowMs } = machine.clock
      const csr = await makeCsr('T1', kind)
      const token = await newToken(pki, 'T1', nowMs)
      const identity = await pki.enrolment.enrol({ csrPem: csr.pem, token, nowMs })
      if (!identity.ok) throw new Error(identity.rule)
      const { key, cert, clientCas } = await pki.serverTls()
      const ticketKeys = Buffer.from(await pki.ticketKey())
      const server = createServer({
        key,
        cert,
        ca: [...clientCas],
        requestCert: true,
        rejectUnauthorized: true,
        ticketKeys,
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      const accepted = once(server, 'secureConnection') as Promise<[TLSSocket]>
      const client = connect({
        port: address.port,
        host: '127.0.0.1',
        servername: 'localhost',
        ca: identity.chainPem,
        cert: identity.certificatePem,
        key: await pkcs8Pem(csr.keys),
        minVersion: version,
        maxVersion: version,
      })
      await once(client, 'secureConnect')
      const [socket] = await accepted
      const raw = socket.getPeerCertificate().raw
      const sha256 = new Uint8Array(createHash('sha256').update(raw).digest())
      const found = await machine.records.read('certificate-by-hash', { sha256 })
      expect(found?.terminal.sn).toBe('T1')
      expect(client.authorized).toBe(true)
      client.destroy()
      socket.destroy()
      server.close()
      await once(server, 'close')
    },
  )
})

describe("the server's certificate", () => {
  const leaf = async (of: Pki = pki): Promise<X509Certificate> =>
    new X509Certificate((await of.serverTls()).cert)

  it('is for the names and addresses of the configuration, and for nothing else', async () => {
    const server = { names: ['tms.bank.test', '*.pos.bank.test'], addresses: ['10.0.0.1', '::1'] }
    const certificate = await leaf(await start(machine, { server }))
    for (const name of ['tms.bank.test', 'a.pos.bank.test']) {
      expect(certificate.checkHost(name, { subject: 'never' })).toBeDefined()
    }
    expect(certificate.checkHost('localhost')).toBeUndefined()
    expect(certificate.checkIP('10.0.0.1')).toBe('10.0.0.1')
    expect(certificate.checkIP('::1')).toBeDefined()
    const again = await leaf(await start(machine, { server }))
    expect(again.fingerprint256).toBe(certificate.fingerprint256)
  })

  it('is made anew when the names change, and found again when they change back', async () => {
    const before = await leaf()
    const server = { names: ['other.test'], addresses: [] }
    expect((await leaf(await start(machine, { server }))).checkHost('other.test')).toBeDefined()
    expect((await leaf()).fingerprint256).toBe(before.fingerprint256)
  })

  it('is renewed when its end is near, before it is due at the latest, and the old key is dropped', async () => {
    const tls = await pki.serverTls()
    const dueMs = pki.serverTlsDueMs(tls)
    machine.clock.nowMs = dueMs - 1
    expect(await pki.serverTls()).toEqual(tls)
    machine.clock.nowMs = dueMs
    const next = await pki.serverTls()
    expect(next.cert).not.toBe(tls.cert)
    expect(next.notAfterMs).toBeGreaterThan(tls.notAfterMs)
    expect(await pki.serverTls()).toEqual(next)
    const rows = await machine.records.read('vault-entries', { kind: 'server' })
    expect(rows.map(({ sealedPart, retiredAtMs }) => [sealedPart === null, retiredAtMs])).toEqual([
      [true, dueMs],
      [false, null],
    ])
  })
})

describe('the ticket key', () => {
  it('is 48 bytes, the same until its day ends, and then another; the old one is dropped', async () => {
    const first = await pki.ticketKey()
    const dueMs = pki.ticketKeyDueMs()
    expect(first).toHaveLength(48)
    machine.clock.nowMs = dueMs - 1
    expect(await pki.ticketKey()).toEqual(first)
    machine.clock.nowMs = dueMs
    const second = await pki.ticketKey()
    expect(second).not.toEqual(first)
    expect(pki.ticketKeyDueMs()).toBe(dueMs + day)
    const rows = await machine.records.read('vault-entries', { kind: 'ticket-key' })
    expect(rows.map(({ sealedPart }) => sealedPart === null)).toEqual([true, false])
  })

  it('is shared by all nodes, also by one whose clock lags', async () => {
    const ahead = await start({
      ...machine,
      clock: { ...machine.clock, nowMs: pki.ticketKeyDueMs() },
    })
    const key = await ahead.ticketKey()
    expect(await pki.ticketKey()).toEqual(key)
  })
})

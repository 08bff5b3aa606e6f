import { expect, it } from 'vitest'
import type { CertificateRow, TerminalRow } from '../records/tables.js'
import { mayConnect } from './may-connect.js'

const spki = new Uint8Array([1])
const certificate = { id: 9, spki, notBeforeMs: 100, notAfterMs: 200, revoked: 0 } as CertificateRow
const terminal = { id: 7, sn: 'T1', state: 'IN_SERVICE' } as TerminalRow
const now = { nowMs: 150, trusted: true }
const found = { certificate, terminal }

it('names the terminal behind a certificate that is registered, live and trusted', () => {
  expect(mayConnect(found, now)).toEqual({
    ok: true,
    sn: 'T1',
    terminalId: 7,
    certificateId: 9,
    notAfterMs: 200,
    spki,
  })
  for (const nowMs of [100, 200]) expect(mayConnect(found, { ...now, nowMs }).ok).toBe(true)
})

it('lets lost and tampered terminals in, so that they can be locked and wiped', () => {
  for (const state of ['LOST', 'TAMPERED', 'UNPROVEN', 'SUSPENDED'] as const) {
    expect(mayConnect({ certificate, terminal: { ...terminal, state } }, now).ok).toBe(true)
  }
})

it.each([
  ['CERTIFICATE_UNKNOWN', undefined, now],
  ['CERTIFICATE_UNKNOWN', found, { ...now, trusted: false }],
  ['CERTIFICATE_REVOKED', { ...found, certificate: { ...certificate, revoked: 1 as const } }, now],
  ['CERTIFICATE_EXPIRED', found, { ...now, nowMs: 201 }],
  ['CERTIFICATE_EXPIRED', found, { ...now, nowMs: 99 }],
  ['ILLEGAL_STATE', { ...found, terminal: { ...terminal, state: 'DECOMMISSIONED' as const } }, now],
])('refuses with %s (case %#)', (code, who, at) => {
  expect(mayConnect(who, at)).toEqual({ ok: false, code })
})

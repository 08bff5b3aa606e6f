/** Inputs of operations for the records' suites: unique, small, and of the right shape. */
import type { InputOf } from '@tillgate/gateway'

const AT_MS = 1_700_000_000_000

let made = 0

/** 16 bytes, unique in this process. */
export const uuid = (): Uint8Array => {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, (made += 1))
  return bytes
}

export const hash = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

type Merchant = InputOf<'create-merchant'>

export const merchant = (mid: string, changes: Partial<Merchant> = {}): Merchant => ({
  uuid: uuid(),
  publicId: `merchant ${mid}`,
  acquirerCode: 'ACQ',
  mid,
  name: 'A shop',
  actor: 'a test',
  atMs: AT_MS,
  ...changes,
})

export const terminal = (sn: string): InputOf<'register-terminal'> => ({
  sn,
  vendor: 'a vendor',
  model: 'a model',
  tusn: null,
  assetEpoch: 1,
  actor: 'a test',
  atMs: AT_MS,
})

type Binding = InputOf<'order-binding'>

export const binding = (terminalId: number, tid: string): Binding => ({
  bindingUuid: uuid(),
  bindingPublicId: `binding ${tid}`,
  commandUuid: uuid(),
  commandPublicId: `command ${tid}`,
  terminalId,
  merchantId: 1,
  storeId: null,
  acquirerCode: 'ACQ',
  mid: 'M1',
  tid,
  payload: new Uint8Array([1, 2, 3]),
  paramsHash: hash(7),
  notAfterMs: AT_MS + 60_000,
  actor: 'a test',
  atMs: AT_MS,
})

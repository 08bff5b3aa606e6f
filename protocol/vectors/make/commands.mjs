// Vectors of what commands carry down (payload) and bring back (result).
import { tillgate } from '../../generated/messages.js'
import { filled, named } from './bytes.mjs'
import * as broken from './breakers.mjs'
import { accepted, brokenFields, refused } from './cases.mjs'

const encoderOf = (schema) => (shape) => tillgate.v1[schema].encode(shape).finish()

const part = ({ schema, accept, fields = {} }) => {
  const encode = encoderOf(schema)
  return {
    schema,
    cases: [
      ...accept.map(([description, shape]) => accepted(encode, description, shape)),
      ...brokenFields({ encode, base: accept[0][1], fields }),
      refused('cut off in a field', Uint8Array.of(0x0a, 5, 0x61), 'MALFORMED', ''),
      refused('more than 16 KiB', filled(16 * 1024 + 1, 0), 'TOO_LARGE', ''),
    ],
  }
}

/** A result that has no message: empty, or refused. */
const noResult = {
  schema: '',
  cases: [
    { description: 'nothing', bytes: '', value: {} },
    refused('anything', Uint8Array.of(8, 1), 'MALFORMED', 'payload'),
  ],
}

const unbind = { reason: 'CONTRACT_ENDED', mid: '898110054110001', tid: '10000042', settleTimeoutS: 900, withoutSettlement: false }
const bind = {
  acquirerCode: '48981100',
  mid: '898110054110001',
  tid: '10000042',
  merchantName: '晨光便利店',
  storeId: 'S-0001',
  keepKeys: false,
}
const bindResult = {
  bindingEpoch: 8,
  paramsHash: named('bind payload'),
  keySlots: [{ purpose: 'TMK', version: 1, state: 3, kcv: filled(3), algorithm: 'SM4' }],
}
const selfTestResult = { keysOk: true, flashOk: true, clockOk: false, firmware: 'tg-sim 1.4.2' }

const merchant = { mid: broken.printable(1, 15), tid: broken.printable(1, 8) }

export const commands = {
  'self-test': {
    about: 'SelfTest, command type 1.',
    type: 1,
    payload: part({ schema: 'SelfTest', accept: [['a SelfTest', {}]] }),
    result: part({
      schema: 'SelfTestResult',
      accept: [['keys and flash are well, the clock is not', selfTestResult]],
      fields: { firmware: broken.printable(1, 64) },
    }),
  },
  bind: {
    about: 'Bind, command type 2.',
    type: 2,
    payload: part({
      schema: 'Bind',
      accept: [
        ['a new merchant', bind],
        ['a relocation: keeps the keys, no store', { ...bind, storeId: '', keepKeys: true }],
        ['the longest name, 200 bytes', { ...bind, merchantName: `${'店'.repeat(66)}ab` }],
      ],
      fields: {
        acquirerCode: broken.token(1, 16),
        ...merchant,
        merchantName: broken.unicode(1, 200),
        storeId: broken.token(0, 64),
      },
    }),
    result: part({
      schema: 'BindResult',
      accept: [
        ['bound under epoch 8', bindResult],
        ['bound, no key slots', { ...bindResult, keySlots: [] }],
      ],
      fields: {
        bindingEpoch: broken.positive(),
        paramsHash: broken.exact(32),
        keySlots: broken.list(64, bindResult.keySlots[0]),
        'keySlots[0].purpose': broken.token(1, 16),
        'keySlots[0].state': broken.name(),
        'keySlots[0].kcv': [['has 4 bytes', filled(4)]],
        'keySlots[0].algorithm': broken.token(0, 16),
      },
    }),
  },
  lock: {
    about: 'Lock, command type 3.',
    type: 3,
    payload: part({
      schema: 'Lock',
      accept: [['a Lock', { reason: 'RISK_CONTROL' }]],
      fields: { reason: broken.printable(1, 64) },
    }),
    result: noResult,
  },
  unlock: {
    about: 'Unlock, command type 4.',
    type: 4,
    payload: part({ schema: 'Unlock', accept: [['an Unlock', {}]] }),
    result: noResult,
  },
  unbind: {
    about: 'Unbind, command type 64, destructive. Its evidence is Proof; its Result has no payload.',
    type: 64,
    payload: part({
      schema: 'Unbind',
      accept: [
        ['an Unbind', unbind],
        ['the longest texts', { reason: 'x'.repeat(64), mid: 'x'.repeat(15), tid: 'x'.repeat(8), settleTimeoutS: 86_400, withoutSettlement: false }],
        ['the erase of a late comer', { ...unbind, withoutSettlement: true }],
      ],
      fields: { reason: broken.printable(1, 64), ...merchant, settleTimeoutS: broken.range(1, 86_400) },
    }),
    result: noResult,
  },
}

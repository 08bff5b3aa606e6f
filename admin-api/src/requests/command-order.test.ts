import { expect, test } from 'vitest'
import { canonicalJson, encodePayload } from '@tillgate/protocol'
import { unbindReasonCodes } from '@tillgate/gateway'
import { ApiProblem } from '../problems/problem.js'
import { checkParameters, orderableTypes, payloadOf, type Order } from './command-order.js'

const account = { mid: '898440353110001', tid: '10000001' }

const parametersOf = (type: Order['type']): NonNullable<Order['parameters']> => {
  if (type === 'Unbind') return { reason: 'STORE_CLOSED', settleTimeoutSeconds: 60 }
  return type === 'Lock' ? { reason: 'late' } : {}
}

test.each(orderableTypes)('an order of %s becomes a payload that the wire takes', (type) => {
  const order: Order = { sn: 'SN-1', type, parameters: parametersOf(type) }
  expect(() => checkParameters(order)).not.toThrow()
  const payload = payloadOf(order, account)
  expect(payload.type).toBe(type)
  expect(() => encodePayload(payload)).not.toThrow()
})

test('an Unbind names the account of the live binding and its own reason and time', () => {
  const order: Order = { sn: 'SN-1', type: 'Unbind', parameters: parametersOf('Unbind') }
  expect(payloadOf(order, account)).toEqual({
    type: 'Unbind',
    reason: 'STORE_CLOSED',
    mid: '898440353110001',
    tid: '10000001',
    settleTimeoutS: 60,
  })
})

test('every documented reason fits the wire', () => {
  for (const reason of unbindReasonCodes) {
    const payload = payloadOf({ sn: 'SN-1', type: 'Unbind', parameters: { reason } }, account)
    expect(() => encodePayload(payload)).not.toThrow()
  }
})

test('a type is not given the parameters of another', () => {
  const order: Order = { sn: 'SN-1', type: 'Unlock', parameters: { reason: 'x' } }
  expect(() => checkParameters(order)).toThrow(ApiProblem)
})

test('equal bodies have one canonical text, whatever the order of their members', () => {
  const one = { b: [1, { d: null, c: 'x' }], a: true }
  const other = { a: true, b: [1, { c: 'x', d: null }] }
  expect(canonicalJson(one)).toBe(canonicalJson(other))
  expect(canonicalJson(one)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}')
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
  expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }))
})

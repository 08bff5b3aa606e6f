import { expect, test } from 'vitest'
import { canonicalJson, encodePayload } from '@tillgate/protocol'
import { ApiProblem } from '../problems/problem.js'
import {
  checkParameters,
  isUnbindOrder,
  orderableTypes,
  payloadOf,
  type Order,
} from './command-order.js'

const parametersOf = (type: Order['type']): NonNullable<Order['parameters']> =>
  type === 'Lock' ? { reason: 'late' } : {}

test.each(orderableTypes)('an order of %s becomes a payload that the wire takes', (type) => {
  const order: Order = { sn: 'SN-1', type, parameters: parametersOf(type) }
  expect(() => checkParameters(order)).not.toThrow()
  const payload = payloadOf(order)
  expect(payload.type).toBe(type)
  expect(() => encodePayload(payload)).not.toThrow()
})

test.each(['Unbind', 'unbind', ' UNBIND\t', 'uNbInD'])('%j is an Unbind', (type) => {
  expect(isUnbindOrder({ type })).toBe(true)
  expect(isUnbindOrder({ type, sn: 7, more: [] })).toBe(true)
})

test.each([{ type: 'Unlock' }, { type: 64 }, { type: ['Unbind'] }, 'Unbind', null, undefined, []])(
  '%j is none',
  (body) => {
    expect(isUnbindOrder(body)).toBe(false)
  },
)

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

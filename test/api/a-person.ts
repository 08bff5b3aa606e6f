// A person who has taken an account over and signed in, with what an authenticator app would show.
import { expect } from 'vitest'
import type { Bench } from './bench.js'
import { oneTimeCode } from '../ground/one-time-code.js'

export const password = 'correct horse battery'
const stepMs = 30_000

export interface Person {
  readonly token: string
  code(): string
}

export const letIn = async (
  bench: Bench,
  login: string,
  ...roles: readonly string[]
): Promise<Person> => {
  const body = { login, name: login, roles, ...(roles.includes('agent') ? { agentId: 'A1' } : {}) }
  const made = await bench.call('POST', '/v1/users', { body })
  expect(made.status, made.text).toBe(201)
  const activation = String(made.at('activation'))
  const taken = { token: null, body: { activation, password } }
  const begun = await bench.call('POST', '/v1/activations', taken)
  expect(begun.status).toBe(200)
  const uri = String(begun.at('otpauthUri'))
  const code = (): string => oneTimeCode(uri, bench.services.clock.now())
  const confirm = { token: null, body: { activation, code: code() } }
  expect((await bench.call('POST', '/v1/activations/confirm', confirm)).status).toBe(200)
  bench.advance(stepMs)
  const credentials = { token: null, body: { login, password, code: code() } }
  const signed = await bench.call('POST', '/v1/sessions', credentials)
  expect(signed.status).toBe(201)
  bench.advance(stepMs)
  return { token: String(signed.at('token')), code }
}

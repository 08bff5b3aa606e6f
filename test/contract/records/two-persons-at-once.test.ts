// What people decide at the same moment, on one node and on two: a code counts once, a person votes once,
// and two small orders are counted together.
import {
  defaultApprovalPolicy,
  openInlineSqliteRecords,
  openPostgresRecords,
  systemClock,
  systemTimers,
  type Records,
} from '@tillgate/gateway'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freshDatabase, withPostgres } from '../../ground/index.js'
import { hash, merchant, terminal, uuid } from './inputs.js'
import { quietLog } from './quiet.js'

const ALL = { afterId: 0, limit: 1_000 }
const atMs = 1_700_000_000_000
const step = 56_666_666
const subjectHash = hash(77)

interface Nodes {
  readonly a: Records
  readonly b: Records
}

const keep = (records: Records): Records => {
  onTestFinished(() => records.close())
  return records
}

const onPostgres = async (): Promise<Nodes> => {
  const url = await freshDatabase()
  const options = { url, clock: systemClock, timers: systemTimers, log: quietLog() }
  return {
    a: keep(await openPostgresRecords(options)),
    b: keep(await openPostgresRecords(options)),
  }
}

const onSqlite = (): Promise<Nodes> => {
  const parts = { file: ':memory:', clock: systemClock, timers: systemTimers }
  const a = keep(openInlineSqliteRecords(parts))
  return Promise.resolve({ a, b: a })
}

let hashes = 100

/** An active user, by the operations alone. */
const person = async (records: Records, login: string, roles: string): Promise<number> => {
  const activationHash = hash((hashes += 1))
  const totpSecret = new Uint8Array(64).fill(1)
  await records.submit('create-user', {
    ...{ uuid: uuid(), publicId: login, login, name: login, roles, activationHash, atMs },
    ...{ agentId: null, acquirerCode: null, activationEndsAtMs: atMs + 1_000, actor: 'root' },
  })
  const begin = { activationHash, passwordHash: 'a hash', totpSecret, atMs }
  await records.submit('begin-activation', begin)
  const confirm = { activationHash, totpSecret, totpStep: step - 1, atMs }
  expect(await records.submit('confirm-activation', confirm)).toEqual({ ok: true })
  const user = await records.read('user-by-login', { login })
  return user?.id ?? 0
}

const fixture = async (records: Records): Promise<{ terminalId: number; merchantId: number }> => {
  await records.submit('register-terminal', terminal('SN1'))
  await records.submit('create-merchant', merchant('M1'))
  const [row] = await records.read('terminals', ALL)
  const [shop] = await records.read('merchants', ALL)
  return { terminalId: row?.id ?? 0, merchantId: shop?.id ?? 0 }
}

const request = async (
  records: Records,
  maker: number,
  about: { terminalId: number; merchantId: number },
  policy = defaultApprovalPolicy,
) => {
  const approvalUuid = uuid()
  const target = { ...about, sn: 'SN1', bindingUuid: uuid(), bindingEpoch: 1 }
  const asked = await records.submit('request-approval', {
    ...{ uuid: approvalUuid, publicId: 'an approval', kind: 'unbind', subjectHash, policy, atMs },
    ...{ subject: new Uint8Array([1]), targets: [target], brakeCap: null, acquirerCode: null },
    ...{ maker: { userId: maker }, reason: 'why', expiresAtMs: atMs + 60_000, actor: 'maker' },
  })
  return { approvalUuid, asked }
}

const vote = (records: Records, userId: number, approvalUuid: Uint8Array, totpStep = step) =>
  records.submit('cast-vote', {
    ...{ userId, approvalUuid, subjectHash, totpStep, atMs, policy: defaultApprovalPolicy },
    ...{ decision: 'approve', reason: 'seen', breakGlass: false },
  })

const signIn = (records: Records, userId: number) =>
  records.submit('sign-in', {
    ...{ userId, passwordHash: 'a hash', totpStep: step, sessionUuid: uuid(), atMs },
    ...{ tokenHash: hash((hashes += 1)), endsAtMs: atMs + 1_000 },
  })

const wins = (results: readonly { readonly ok: boolean }[]): number =>
  results.filter(({ ok }) => ok).length

const races = (open: () => Promise<Nodes>): void => {
  test('a step of a code counts once over signing in and voting, whoever is asked', async () => {
    const { a, b } = await open()
    const about = await fixture(a)
    const [maker, approver] = [await person(a, 'maker', 'maker'), await person(a, 'li', 'approver')]
    const { approvalUuid } = await request(a, maker, about)
    const results = await Promise.all([
      signIn(a, approver),
      vote(b, approver, approvalUuid),
      signIn(b, approver),
      vote(a, approver, approvalUuid),
    ])
    expect(wins(results)).toBe(1)
  })

  test('a person votes once, with two codes on two nodes as well', async () => {
    const { a, b } = await open()
    const about = await fixture(a)
    const [maker, approver] = [await person(a, 'maker', 'maker'), await person(a, 'li', 'approver')]
    const { approvalUuid } = await request(a, maker, about, {
      ...defaultApprovalPolicy,
      oneApproverTargetsMax: 0,
    })
    const results = await Promise.all([
      vote(a, approver, approvalUuid, step),
      vote(b, approver, approvalUuid, step + 1),
    ])
    expect(wins(results)).toBe(1)
    const row = await a.read('approval-by-uuid', { uuid: approvalUuid })
    expect(row?.state).toBe('PENDING')
    const votes = await a.read('approval-votes', { approvalId: row?.id ?? 0 })
    expect(votes).toHaveLength(1)
  })

  test('two persons who approve at once grant it once', async () => {
    const { a, b } = await open()
    const about = await fixture(a)
    const maker = await person(a, 'maker', 'maker')
    const [one, two] = [await person(a, 'li', 'approver'), await person(a, 'wu', 'approver')]
    const policy = { ...defaultApprovalPolicy, oneApproverTargetsMax: 0 }
    const { approvalUuid } = await request(a, maker, about, policy)
    const results = await Promise.all([vote(a, one, approvalUuid), vote(b, two, approvalUuid)])
    expect(results.map((result) => (result.ok ? result.state : result.code)).sort()).toEqual([
      'GRANTED',
      'PENDING',
    ])
  })

  test('small orders at the same moment are counted together', async () => {
    const { a, b } = await open()
    const about = await fixture(a)
    const maker = await person(a, 'maker', 'maker')
    const policy = { ...defaultApprovalPolicy, oneApproverTargetsMax: 5 }
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, n) => request(n % 2 === 0 ? a : b, maker, about, policy)),
    )
    expect(asked.every(({ asked: { ok } }) => ok)).toBe(true)
    const rows = await a.read('approvals', ALL)
    expect(rows.map(({ makerCount }) => makerCount).sort((x, y) => x - y)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ])
    expect(rows.filter(({ approversNeeded }) => approversNeeded === 2)).toHaveLength(5)
  })
}

describe('one node on SQLite', () => races(onSqlite))
withPostgres('two nodes on PostgreSQL', () => {
  describe('two nodes on PostgreSQL', () => races(onPostgres))
})

// No query and no statement of an operation walks a whole table that grows: asked of the server's planner on
// a database that has never been analyzed, of the plans that the adapter's own sessions have kept. A plan
// that was made while a table was empty stays until the table has statistics.
import {
  openPostgresRecords,
  operations,
  systemClock,
  systemTimers,
  type QueryName,
} from '@tillgate/gateway'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import type { GroupItem } from '../../../gateway/src/adapters/records/group.js'
import { QueryShapes } from '../../../gateway/src/adapters/records/query-shapes.js'
import { ColumnTypes } from '../../../gateway/src/adapters/records/postgres/column-types.js'
import { connect, type Role } from '../../../gateway/src/adapters/records/postgres/connect.js'
import { postgresDialect } from '../../../gateway/src/adapters/records/postgres/postgres-dialect.js'
import { Questions } from '../../../gateway/src/adapters/records/postgres/questions.js'
import { GroupRunner } from '../../../gateway/src/adapters/records/postgres/run-group.js'
import type { Session, Statement } from '../../../gateway/src/adapters/records/postgres/session.js'
import {
  becomeWriter,
  WriteStatements,
} from '../../../gateway/src/adapters/records/postgres/write-statements.js'
import { freshDatabase, queryOnce, withPostgres } from '../../ground/index.js'
import { binding, hash, merchant, terminal, uuid } from './inputs.js'
import { samples } from './query-samples.js'
import { quietLog } from './quiet.js'

/** Few rows by nature, or asked for as a whole. */
const small = /^(vault|event_origin|legal_hold|brake$|brake_)/

/** Each with all its filters, and with none. */
const inputs = Object.entries(samples).flatMap(([name, input]) => {
  const {
    terminalId: _t,
    commandId: _c,
    state: _s,
    type: _y,
    ...rest
  } = input as Record<string, unknown>
  const needsAll = ['events-of-command', 'proofs-of-command', 'certificates-of-terminal']
  return needsAll.includes(name)
    ? [{ name, input }]
    : [
        { name, input },
        { name, input: rest },
      ]
})

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly PlanNode[]
}

/** What a condition compares a column with: a parameter, or a column of another relation. */
const fromOutside = /\$\d|[a-z]\w*\.\w/

/** The first or the last few of an order: read from its end, and no further. */
const isEnd = (node: PlanNode, above: PlanNode | undefined): boolean =>
  above?.['Node Type'] === 'Limit' && node.Filter === undefined

/** Scans that read on without being told where: their price grows with the table. */
const walksIn = (
  node: PlanNode,
  partial: ReadonlySet<string>,
  above?: PlanNode,
): readonly string[] => {
  const below = (node.Plans ?? []).flatMap((one) => walksIn(one, partial, node))
  const { 'Relation Name': table = '', 'Index Name': index, 'Index Cond': told } = node
  if (small.test(index ?? table)) return below
  if (node['Node Type'] === 'Seq Scan') return [`reads all of ${table}`, ...below]
  if (index === undefined || partial.has(index) || isEnd(node, above)) return below
  if (told !== undefined && fromOutside.test(told)) return below
  return [`walks ${index} ${told ?? 'from end to end'}`, ...below]
}

const openFresh = async (): Promise<string> => {
  const url = await freshDatabase()
  const ports = { clock: systemClock, timers: systemTimers, log: quietLog() }
  await (await openPostgresRecords({ url, ...ports })).close()
  const tables = await queryOnce(
    url,
    "select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  )
  const unanalyzed = tables.map(
    ({ name }) => `alter table ${String(name)} set (autovacuum_enabled = off)`,
  )
  await queryOnce(url, unanalyzed.join('; '))
  return url
}

const openSession = async (url: string, role: Role): Promise<Session> => {
  const session = await connect({ url, timers: systemTimers, nodeName: 'test' }, role)
  onTestFinished(() => session.end())
  return session
}

/** Short by nature: what has not ended, what waits for the host. */
const partialIndexes = async (url: string): Promise<ReadonlySet<string>> => {
  const rows = await queryOnce(
    url,
    'select indexrelid::regclass::text as name from pg_index where indpred is not null',
  )
  return new Set(rows.map(({ name }) => String(name)))
}

const literal = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : Client.prototype.escapeLiteral(
        value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value),
      )

/** The plan that this session has kept for a statement which it has prepared. */
const keptPlan = async (session: Session, { name, values }: Statement): Promise<PlanNode> => {
  const list = (values ?? []).map(literal).join(', ')
  const execute = `execute "${name ?? ''}" ${list === '' ? '' : `(${list})`}`
  const [row] = await session.objects({ text: `explain (format json) ${execute}` })
  const [explained] = JSON.parse(String(row?.['QUERY PLAN'])) as [{ readonly Plan: PlanNode }]
  return explained.Plan
}

/** Groups of operations on a session of the writer's, and what it has prepared meanwhile. */
const openWriter = async (url: string) => {
  const session = await openSession(url, 'writer')
  await session.run(becomeWriter)
  const prepared = new Map<string, Statement>()
  const noting = new Proxy(session, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'trip') return typeof value === 'function' ? value.bind(target) : value
      return (statements: readonly Statement[]) => {
        for (const one of statements) if (one.name !== undefined) prepared.set(one.name, one)
        return target.trip(statements)
      }
    },
  })
  const types = await ColumnTypes.read(session)
  const runner = new GroupRunner({
    session: noting,
    operations,
    questions: new Questions(types),
    writes: new WriteStatements(types),
  })
  const run = async (items: readonly GroupItem[]): Promise<void> => {
    const { answers } = await runner.run(items)
    expect(answers.map((answer) => answer.kind)).toEqual(items.map(() => 'result'))
  }
  return { session, prepared, run }
}

const TERMINALS = 250
const ROUNDS = 8

const each = (make: (n: number) => GroupItem): readonly GroupItem[] =>
  Array.from({ length: TERMINALS }, (_, n) => make(n))

const about = { actor: 'a test', atMs: 1_700_000_000_000 }

const orderFor = (commandUuid: Uint8Array, n: number): GroupItem => ({
  name: 'order-command',
  input: {
    uuid: commandUuid,
    publicId: 'a command',
    terminalId: n + 1,
    type: 5,
    destructive: 0,
    payload: new Uint8Array([1]),
    bindingId: null,
    notAfterMs: 2_000_000_000_000,
    ...about,
  },
})

/** A life of small groups first, as of a node that has just been put up, then of full ones. */
const live = async (run: (items: readonly GroupItem[]) => Promise<void>): Promise<void> => {
  await run([{ name: 'create-merchant', input: merchant('M1') }])
  for (const items of [
    each((n) => ({ name: 'register-terminal', input: terminal(`SN${String(n)}`) })),
  ])
    await run(items)
  for (const count of [1, ...Array.from({ length: ROUNDS }, () => TERMINALS)]) {
    const uuids = Array.from({ length: count }, () => uuid())
    await run(uuids.map(orderFor))
    await run(
      uuids.map((commandUuid) => ({ name: 'cancel-command', input: { commandUuid, ...about } })),
    )
  }
  await run(each((n) => ({ name: 'order-binding', input: binding(n + 1, `T${String(n)}`) })))
  await run(
    each((n) => ({ name: 'end-session', input: { terminalId: n + 1, fence: 1, ...about } })),
  )
  await run([
    { name: 'revoke-certificate', input: { sha256: hash(1), reason: 'a test', ...about } },
  ])
}

withPostgres('plans on PostgreSQL', () => {
  test('every query goes along an index, in a database without statistics', async () => {
    const url = await openFresh()
    const session = await openSession(url, 'reader')
    await session.run('set plan_cache_mode = force_generic_plan')
    const partial = await partialIndexes(url)
    const shapes = new QueryShapes(postgresDialect)
    const walks: string[] = []
    for (const { name, input } of inputs) {
      const { key, text, cells } = shapes.of(name as QueryName, input)
      const statement = { name: key, text, values: cells(input) }
      await session.objects(statement)
      const plan = await keptPlan(session, statement)
      walks.push(...walksIn(plan, partial).map((walk) => `${name} ${walk}`))
    }
    expect(walks).toEqual([])
  })

  test('a database that fills from nothing is worked on along its indexes', async () => {
    const url = await openFresh()
    const { session, prepared, run } = await openWriter(url)
    await live(run)
    const partial = await partialIndexes(url)
    const walks: string[] = []
    for (const statement of prepared.values()) {
      const plan = await keptPlan(session, statement)
      walks.push(...walksIn(plan, partial).map((walk) => `${statement.text.slice(0, 100)} ${walk}`))
    }
    expect(prepared.size).toBeGreaterThan(20)
    expect(walks).toEqual([])
  })
})

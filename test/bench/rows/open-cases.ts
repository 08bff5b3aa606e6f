/**
 * openCases: what a transition of an unbind case takes with so many cases open, beside a hundredth of them:
 * two sets of records, one transition of each in turn, so that both see the same disk and the same
 * neighbours. On a file, and in PostgreSQL where the machine has one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  openPostgresRecords,
  openSqliteRecords,
  systemClock,
  systemTimers,
} from '@tillgate/gateway'
import type { Log, Records } from '@tillgate/gateway'
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'

import { concurrently } from '../../demo/concurrently.js'
import { removeFolders } from '../../ground/folders.js'
import { noPostgres, startPostgres } from '../../ground/postgres.js'
import { median, percentile, rounded, spread } from '../statistics.js'
import { random16 } from '../terminal/random-ids.js'
import type { Bench, MeasureRows, Row } from './row.js'

const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const parts = { clock: systemClock, timers: systemTimers, log }

const fillAtOnce = 512
const dayMs = 86_400_000
const nothing = new Uint8Array(0)
const hash = (): Uint8Array => Buffer.concat([random16(), random16()])
const about = (): { readonly actor: string; readonly atMs: number } => ({
  actor: 'bench',
  atMs: Date.now(),
})

interface OpenCase {
  readonly caseId: number
  readonly terminalId: number
}

const submitted = <T extends { readonly ok: boolean }>(
  what: string,
  answer: T,
): T & { ok: true } => {
  if (!answer.ok) throw new Error(`${what}: ${JSON.stringify(answer)}`)
  return answer as T & { ok: true }
}

const enrolled = async (records: Records, number: number): Promise<[number, number]> => {
  const sn = `BENCH-${String(number).padStart(6, '0')}`
  const terminal = { sn, vendor: 'V', model: 'M', tusn: null, assetEpoch: 0 }
  submitted('register', await records.submit('register-terminal', { ...terminal, ...about() }))
  const sha256 = hash()
  const times = { notBeforeMs: 0, notAfterMs: Date.now() + dayMs }
  const certificate = { sha256, der: sha256, spki: sha256, issuer: 'vendor' as const, ...times }
  const given = await records.submit('register-certificate', { sn, certificate, ...about() })
  submitted('certificate', given)
  const found = await records.read('certificate-by-hash', { sha256 })
  if (found === undefined) throw new Error(`${sn} has no certificate`)
  return [found.terminal.id, found.certificate.id]
}

const greeted = async (records: Records, terminalId: number, certificateId: number) => {
  const session = { sessionId: random16(), sessionNonce: random16(), bootId: random16() }
  const versions = { firmware: 'f', model: 'M', signerListVersion: 1, keySlots: '[]' }
  const epochs = { assetEpoch: 0, bindingEpoch: 0, lastSeq: 0, uplinkSeq: 1 }
  const state = { locked: false, hasMasterKey: true, evidence: nothing, atMs: Date.now() }
  const ids = { terminalId, certificateId }
  const said = { ...ids, ...session, ...versions, ...epochs, ...state }
  const { fence, seqFirst } = submitted('Hello', await records.submit('open-session', said))
  return { fence, seqFirst, attemptNonce: session.sessionNonce }
}

/** Bound as a terminal that answers at once would be. */
const bound = async (records: Records, number: number, merchantId: number): Promise<number> => {
  const [terminalId, certificateId] = await enrolled(records, number)
  const { fence, seqFirst: seq, attemptNonce } = await greeted(records, terminalId, certificateId)
  const [bindingUuid, commandUuid] = [random16(), random16()]
  const ids = { bindingPublicId: uuidToText(bindingUuid), commandPublicId: uuidToText(commandUuid) }
  const number8 = String(10_000_000 + number)
  const place = { storeId: null, acquirerCode: '123', mid: '123456789012345', tid: number8 }
  const what = { payload: nothing, paramsHash: hash(), notAfterMs: Date.now() + dayMs }
  const binding = { bindingUuid, commandUuid, ...ids, terminalId, merchantId, ...place, ...what }
  submitted('Bind', await records.submit('order-binding', { ...binding, ...about() }))
  const command = await records.read('command-by-uuid', { uuid: commandUuid })
  if (command?.type !== commandTypeNumbers.Bind) throw new Error('no Bind')
  const { id: commandId, bindingEpoch } = command
  const bodyHash = hash()
  const sent = { commandId, fence, seq, body: bodyHash, bodyHash, attemptNonce, bindingEpoch }
  const claimed = await records.submit('claim-command', { ...sent, assetEpoch: 0, ...about() })
  submitted('claim', claimed)
  const said = { terminalId, fence, commandUuid, downlinkHash: bodyHash, deliveredAtMs: null }
  const result = { code: 0, payload: nothing, interrupted: false, evidence: nothing }
  const done = { ...said, ...result, atMs: Date.now() }
  submitted('Result', await records.submit('record-result', done))
  return terminalId
}

const opened = async (records: Records, terminalId: number): Promise<OpenCase> => {
  const live = { terminalId, live: 1 as const, afterId: 0, limit: 1 }
  const [binding] = await records.read('bindings', live)
  const uuid = random16()
  const times = { startsAtMs: Date.now(), deadlineMs: Date.now() + 14 * dayMs }
  const wish = { uuid, publicId: uuidToText(uuid), reason: 'BUSINESS_ADJUSTMENT', note: '' }
  const answer = await records.submit('open-case', {
    ...{ ...wish, ...times, ...about() },
    ...{ terminalId, bindingId: binding?.id ?? 0 },
  })
  submitted('case', answer)
  const row = await records.read('case-by-uuid', { uuid })
  if (row === undefined) throw new Error('no case')
  return { caseId: row.id, terminalId }
}

/** So many cases, each of a terminal of its own. */
const fill = async (records: Records, cases: number, say: (text: string) => void) => {
  const uuid = random16()
  const account = { acquirerCode: '123', mid: '123456789012345', name: 'bench' }
  await records.submit('create-merchant', {
    ...{ uuid, publicId: uuidToText(uuid) },
    ...{ ...account, ...about() },
  })
  const merchant = await records.read('merchant-by-uuid', { uuid })
  if (merchant === undefined) throw new Error('no merchant')
  const made: OpenCase[] = []
  await concurrently(
    Array.from({ length: cases }, (_, index) => index + 1),
    fillAtOnce,
    async (number) => {
      made.push(await opened(records, await bound(records, number, merchant.id)))
      if (made.length % 5_000 === 0) say(`${String(made.length)} cases`)
    },
  )
  return made
}

/** A case is blocked, and at its next turn looked at again: both write the case and its line of the ledger. */
const transition = async (records: Records, one: OpenCase, blocks: boolean): Promise<number> => {
  const input = blocks
    ? ({ on: 'checked', found: ['OPEN_PREAUTH'] } as const)
    : ({ on: 'check-again' } as const)
  const since = performance.now()
  const answer = await records.submit('move-case', { ...one, input, ...about() })
  const tookMs = performance.now() - since
  if (!answer.ok || !answer.moved) throw new Error(`a case did not move: ${JSON.stringify(answer)}`)
  return tookMs
}

interface Place {
  readonly name: 'sqlite' | 'postgres'
  open(name: string): Promise<Records>
}

interface Side {
  readonly records: Records
  readonly cases: readonly OpenCase[]
  readonly tookMs: number[]
}

const round = async (sides: readonly Side[], moves: number): Promise<void> => {
  for (let made = 0; made < moves; made += 1) {
    const [blocks, number] = [made % 2 === 0, Math.floor(made / 2)]
    for (const { records, cases, tookMs } of sides) {
      const one = cases[(number * 7_919) % cases.length]!
      tookMs.push(await transition(records, one, blocks))
    }
  }
}

type Figures = Readonly<Record<string, number>>

const measured = async (bench: Bench, place: Place): Promise<readonly Figures[]> => {
  const { openCases, caseMoves, repetitions } = bench.sizes
  const sides: Side[] = []
  try {
    for (const cases of openCases) {
      const records = await place.open(`cases-${String(cases)}`)
      const side = { records, cases: [] as OpenCase[], tookMs: [] }
      sides.push(side)
      const say = (text: string): void => bench.progress.step(`openCases ${place.name}: ${text}`)
      side.cases.push(...(await fill(records, cases, say)))
    }
    const figures: Figures[] = []
    await round(sides, caseMoves)
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const { tookMs } of sides) tookMs.length = 0
      await round(sides, caseMoves)
      const [few, many] = sides.map(({ tookMs }) => percentile(tookMs, 0.99))
      const [fewP50, manyP50] = sides.map(({ tookMs }) => percentile(tookMs, 0.5))
      const p50 = { fewP50Ms: fewP50!, manyP50Ms: manyP50! }
      figures.push({ ...p50, fewP99Ms: few!, manyP99Ms: many!, p99: many! / few! })
    }
    return figures
  } finally {
    for (const { records } of sides) await records.close()
  }
}

const rowOf = (bench: Bench, found: ReadonlyMap<string, readonly Figures[]>): Row => {
  const ratios: Record<string, number> = {}
  const figures: Record<string, unknown> = {}
  for (const [name, runs] of found) {
    const middle = (figure: string): number => rounded(median(runs.map((run) => run[figure] ?? 0)))
    ratios[`${name}P99`] = middle('p99')
    figures[`${name}FewP99Ms`] = middle('fewP99Ms')
    figures[`${name}ManyP99Ms`] = middle('manyP99Ms')
    figures[`${name}Spread`] = rounded(spread(runs.map((run) => run['p99'] ?? 0)))
  }
  const [few, many] = bench.sizes.openCases
  return {
    name: 'openCases',
    few,
    many,
    ...figures,
    ratios,
    runs: [...found.values()]
      .flat()
      .map((run) =>
        Object.fromEntries(Object.entries(run).map(([name, value]) => [name, rounded(value)])),
      ),
    notes: [
      'lone transitions, one of each side in turn; each writes the case and a ledger line, and waits for its commit',
    ],
  }
}

export const measureOpenCases: MeasureRows = async (bench) => {
  const folder = mkdtempSync(join(tmpdir(), 'tillgate-bench-'))
  const found = new Map<string, readonly Figures[]>()
  try {
    const onFile = (name: string) => openSqliteRecords({ folder: join(folder, name), ...parts })
    found.set('sqlite', await measured(bench, { name: 'sqlite', open: onFile }))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  if (noPostgres() !== undefined) return [rowOf(bench, found)]
  const postgres = await startPostgres()
  try {
    const inDatabase = async (nodeName: string) =>
      openPostgresRecords({ url: await postgres.database(), nodeName, ...parts })
    found.set('postgres', await measured(bench, { name: 'postgres', open: inDatabase }))
  } finally {
    await postgres.stop()
    removeFolders()
  }
  return [rowOf(bench, found)]
}

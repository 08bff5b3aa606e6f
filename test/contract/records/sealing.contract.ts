// The sealed ledger over any records: every line is in the tree once and in order, what was taken away
// before shows as a hole, what was changed after does not fit its proof any more, and of two nodes that
// seal at the same time neither seals twice.
import { openAudit, systemClock, systemTimers, type Audit, type Records } from '@tillgate/gateway'
import {
  canonicalJson,
  entryHash,
  entryOfExport,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  provesEntry,
  provesGrowth,
  utf8,
  uuidToText,
  type NoteKey,
} from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { waitFor } from '../../ground/index.js'
import { merchant, terminal } from './inputs.js'
import { quietLog } from './quiet.js'

export interface SealedRecords {
  readonly records: Records
  /** The same records as another node sees them. */
  readonly other: Records
  /** Past every rule of the records. */
  tamper(sql: string): Promise<void>
}

const ALL = { afterId: 0, limit: 1_000 }
const EVERYTHING = { ...ALL, throughId: Number.MAX_SAFE_INTEGER }

const privateKey = generatePrivateKey('ED25519')
const key: NoteKey = { name: 'example.com/ledger', alg: 'ED25519', spki: privateKey.spki }

const auditOf = (records: Records, log: string[] = []): Audit => {
  const audit = openAudit({
    ...{ records, key, clock: systemClock, timers: systemTimers, digest: nodePrimitives },
    log: quietLog(log),
    coordination: { lease: () => ({ held: () => true }) },
    signer: { sign: (_, data) => Promise.resolve(nodePrimitives.sign(privateKey, data)) },
    pace: { beatMs: 20, pauseMs: 1 },
  })
  onTestFinished(() => audit.stop())
  return audit
}

let made = 0

const add = async (records: Records, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) {
    made += 1
    const actor = `somebody "${String(made)}" é\u0001\t\\`
    await records.submit('create-merchant', merchant(`M${String(made)}`, { actor }))
  }
}

const sizeOf = async (records: Records): Promise<number> =>
  (await records.read('audit-tree', {}))?.size ?? 0

const sealedTo = (records: Records, size: number): Promise<unknown> =>
  waitFor(async () => (await sizeOf(records)) === size, {
    what: `a tree of ${String(size)}`,
  })

const exportedOf = (view: Awaited<ReturnType<typeof eventsOf>>[number]) => ({
  id: view.id,
  at: new Date(view.atMs).toISOString(),
  kind: view.kind,
  actor: view.actor,
  data: JSON.parse(view.data) as unknown,
  evidence: view.evidence === null ? null : Buffer.from(view.evidence).toString('base64'),
  sn: view.sn,
  commandId: view.commandUuid === null ? null : uuidToText(view.commandUuid),
  bindingId: view.bindingUuid === null ? null : uuidToText(view.bindingUuid),
})

const eventsOf = (records: Records) => records.read('event-views', EVERYTHING)

/** What an outside checker finds: the ids of events that do not stand under the root as they are now. */
const unproven = async (records: Records, audit: Audit): Promise<readonly number[]> => {
  const size = await sizeOf(records)
  const wrong: number[] = []
  for (const view of await eventsOf(records)) {
    const entry = entryOfExport(nodePrimitives, exportedOf(view))
    const answer = await audit.service.inclusion({ eventId: view.id, size })
    const fits =
      entry !== undefined &&
      answer.ok &&
      provesEntry(nodePrimitives, entryHash(nodePrimitives, entry), answer, answer.root)
    if (!fits) wrong.push(view.id)
  }
  return wrong
}

const kindsOf = async (records: Records): Promise<readonly string[]> =>
  (await eventsOf(records)).map(({ kind }) => kind)

export const sealingContract = (name: string, open: () => Promise<SealedRecords>): void => {
  const whole = (): void => {
    test('every event can be hashed again from its export and stands under the root', async () => {
      const { records } = await open()
      await records.submit('register-terminal', terminal('SN"1é'))
      const [row] = await records.read('terminals', ALL)
      const evidence = Uint8Array.of(1, 2, 3)
      const alarm = { code: 'X', actor: 'a', detail: '\u{1f600}\n', evidence, atMs: 5 }
      await records.submit('raise-alarm', { ...alarm, terminalId: row?.id ?? 0 })
      await add(records, 12)
      const audit = auditOf(records)
      audit.start()
      await sealedTo(records, 14)
      expect(await unproven(records, audit)).toEqual([])
    })

    test('a checkpoint is signed, and a later one goes on from it', async () => {
      const { records } = await open()
      await add(records, 3)
      const audit = auditOf(records)
      audit.start()
      const read = parseVerifierKey(nodePrimitives, audit.service.verifierKey ?? '')
      const newest = async (size: number) => {
        await waitFor(async () => (await audit.service.checkpoint())?.size === size, {
          what: 'a checkpoint',
        })
        const note = (await audit.service.checkpoint())?.note ?? ''
        const opened = read && openCheckpoint(nodePrimitives, note, read)
        if (opened === undefined) throw new Error('the checkpoint does not open')
        return opened
      }
      const first = await newest(3)
      await add(records, 4)
      const second = await newest(7)
      const answer = await audit.service.consistency({ from: 3, to: 7 })
      expect(answer.ok && provesGrowth(nodePrimitives, first, second, answer.path)).toBe(true)
    })

    test('a sealer that begins anew at any point goes on where the records stand', async () => {
      const { records } = await open()
      for (let round = 1; round <= 6; round++) {
        await add(records, 50)
        const audit = auditOf(records)
        audit.start()
        await sealedTo(records, 50 * round)
        await audit.stop()
      }
      expect(await unproven(records, auditOf(records))).toEqual([])
    })
  }

  const tampered = (): void => {
    test('a line that was taken away before it was sealed shows as a hole, and alarms', async () => {
      const { records, tamper } = await open()
      await add(records, 5)
      const views = await eventsOf(records)
      await tamper(`delete from event where id = ${String(views[2]?.id)}`)
      const log: string[] = []
      const audit = auditOf(records, log)
      audit.start()
      // four lines, the hole, and the alarm about it
      await sealedTo(records, 6)
      const [hole] = await records.read('audit-holes', ALL)
      expect(hole?.place).toBe(2)
      expect(JSON.parse(hole?.entry ?? '{}')).toMatchObject({ hole: { from: 3, through: 3 } })
      expect(await kindsOf(records)).toContain('alarm.LEDGER_HOLE')
      expect(log.join()).toContain('gone that were never sealed')
      expect(audit.counts().missing).toBe(1)
      expect(await unproven(records, audit)).toEqual([])
      // The hole is an entry like any other, and can be hashed again.
      const leaf = leafHash(nodePrimitives, utf8(canonicalJson(JSON.parse(hole?.entry ?? '{}'))))
      const next = await audit.service.inclusion({ eventId: views[3]?.id ?? 0, size: 6 })
      // Its neighbour in the tree is the next line, whose proof begins with it.
      expect(next.ok && next.index).toBe(3)
      expect(next.ok && next.path[0]).toEqual(leaf)
    })

    test('a line that was changed after it was sealed does not fit its proof', async () => {
      const { records, tamper } = await open()
      await add(records, 5)
      const audit = auditOf(records)
      audit.start()
      await sealedTo(records, 5)
      const views = await eventsOf(records)
      const third = String(views[2]?.id)
      await tamper(`update event set actor = 'nobody' where id = ${third}`)
      expect(await unproven(records, audit)).toEqual([views[2]?.id])
    })
  }

  const racing = (): void => {
    test('two nodes that seal at the same time seal each line once', async () => {
      const { records, other } = await open()
      const audits = [auditOf(records), auditOf(other)]
      for (const audit of audits) audit.start()
      const nudging = setInterval(() => audits.forEach((audit) => audit.nudge()), 1)
      onTestFinished(() => clearInterval(nudging))
      await Promise.all([add(records, 150), add(other, 150)])
      await sealedTo(records, 300)
      expect((await records.read('audit-holes', ALL)).length).toBe(0)
      expect(await unproven(records, audits[0] as Audit)).toEqual([])
    })

    test('the same growth submitted again changes nothing, and one for another tree is stale', async () => {
      const { records } = await open()
      await add(records, 1)
      const root = new Uint8Array(32).fill(1)
      const to = { size: 1, position: 1, root, writers: '{}' }
      const growth = { from: { size: 0, position: 0 }, to, tiles: [], holes: [], atMs: 1 }
      expect(await records.submit('seal-events', growth)).toEqual({ ok: true, sealed: true })
      expect(await records.submit('seal-events', growth)).toEqual({ ok: true, sealed: false })
      const stale = { ...growth, to: { ...to, size: 2 } }
      expect(await records.submit('seal-events', stale)).toEqual({ ok: false, code: 'STALE' })
      const note = { root, note: 'a note', atMs: 1 }
      const stored = await records.submit('store-checkpoint', { ...note, size: 1 })
      expect(stored).toEqual({ ok: true, stored: true })
      const again = await records.submit('store-checkpoint', { ...note, size: 1 })
      expect(again).toEqual({ ok: true, stored: false })
      const other = await records.submit('store-checkpoint', { ...note, size: 2 })
      expect(other).toEqual({ ok: false, code: 'STALE' })
    })
  }

  describe(`the sealed ledger over ${name}`, () => {
    whole()
    tampered()
    racing()
  })
}

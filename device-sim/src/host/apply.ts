/**
 * What a record does to the state: the one place that changes it, live and when the file is read
 * again. Never decides, never refuses; a record that does not fit is a bug and throws.
 */
import { hostLimits } from './limits.js'
import type { BatchSnapshot, HostRecord } from './records.js'
import { tidKey } from './state.js'
import type { Batch, HostState, TidRecord } from './state.js'
import type { TidName } from './messages.js'

const newTid = (name: TidName, sn: string): TidRecord => ({
  name,
  sn,
  state: 'open',
  callNumber: 0,
  calls: [],
  attempts: [],
  attemptCount: 0,
  field62: undefined,
  lastBatchNumber: 0,
  open: undefined,
  settled: [],
})

const mustFind = (state: HostState, name: TidName): TidRecord => {
  const tid = state.tids.get(tidKey(name))
  if (tid === undefined) throw new Error(`host records: no TID ${tidKey(name)}`)
  return tid
}

const mustBeOpen = (tid: TidRecord, batchNumber: number): Batch => {
  if (tid.open?.number !== batchNumber) {
    throw new Error(`host records: batch ${String(batchNumber)} of ${tidKey(tid.name)} is not open`)
  }
  return tid.open
}

const keepLast = (list: unknown[], max: number): void => {
  if (list.length > max) list.splice(0, list.length - max)
}

const close = (tid: TidRecord, batch: Batch): void => {
  tid.open = undefined
  tid.settled.push(batch)
  keepLast(tid.settled, hostLimits.settledBatchesKeptMax)
}

const openBatch = (tid: TidRecord, number: number, atMs: number): void => {
  if (tid.open?.number === number) return
  tid.lastBatchNumber = number
  tid.open = {
    number,
    sn: tid.sn,
    openedAtMs: atMs,
    entries: new Map(),
    deadTraces: new Set(),
    uploaded: undefined,
    settlement: undefined,
  }
}

const register = (state: HostState, name: TidName, sn: string): void => {
  const known = state.tids.get(tidKey(name))
  if (known === undefined) {
    state.tids.set(tidKey(name), newTid(name, sn))
  } else if (known.sn !== sn) {
    known.sn = sn
    known.field62 = undefined
  }
}

const restoreBatch = (tid: TidRecord, snapshot: BatchSnapshot): void => {
  const batch: Batch = {
    number: snapshot.number,
    sn: snapshot.sn,
    openedAtMs: snapshot.openedAtMs,
    entries: new Map(snapshot.entries.map((entry) => [entry.trace, entry])),
    deadTraces: new Set(snapshot.deadTraces),
    uploaded: snapshot.uploaded === undefined ? undefined : [...snapshot.uploaded],
    settlement: snapshot.settlement,
  }
  if (batch.settlement === undefined) tid.open = batch
  else tid.settled.push(batch)
}

type OfOneTid = Exclude<HostRecord, { type: 'registered' | 'tidSnapshot' | 'countSnapshot' }>

const applyToBatch = (
  tid: TidRecord,
  record: Exclude<
    OfOneTid,
    { type: 'called' | 'attempted' | 'signedOn' | 'signedOff' | 'batchSnapshot' }
  >,
): void => {
  const batch = mustBeOpen(tid, record.batchNumber)
  switch (record.type) {
    case 'sold':
      batch.entries.set(record.entry.trace, record.entry)
      return
    case 'reversed': {
      const entry = batch.entries.get(record.trace)
      if (entry === undefined) batch.deadTraces.add(record.trace)
      else batch.entries.set(record.trace, { ...entry, reversedAtMs: record.atMs })
      return
    }
    case 'uploadOpened':
      batch.uploaded = []
      return
    case 'uploaded':
      batch.uploaded?.push(...record.records)
      return
    case 'uploadEnded':
      batch.uploaded = undefined
      return
    case 'settled':
      batch.settlement = record.settlement
      close(tid, batch)
      return
    default:
      record satisfies never
  }
}

const applyToTid = (tid: TidRecord, record: OfOneTid): void => {
  switch (record.type) {
    case 'called':
      tid.state = record.call.verb === 'block' ? 'blocked' : 'open'
      tid.callNumber = record.call.callNumber
      tid.calls.push(record.call)
      keepLast(tid.calls, hostLimits.callsKeptMax)
      return
    case 'attempted':
      tid.attemptCount++
      tid.attempts.push(record.attempt)
      keepLast(tid.attempts, hostLimits.attemptsKeptMax)
      return
    case 'signedOn':
      tid.field62 = record.field62
      openBatch(tid, record.batchNumber, record.atMs)
      return
    case 'signedOff':
      tid.field62 = undefined
      return
    case 'batchSnapshot':
      restoreBatch(tid, record.batch)
      return
    default:
      applyToBatch(tid, record)
  }
}

export const applyRecord = (state: HostState, record: HostRecord): void => {
  switch (record.type) {
    case 'countSnapshot':
      state.approvals = record.approvals
      return
    case 'registered':
      register(state, record.name, record.sn)
      return
    case 'tidSnapshot': {
      const { type: _, name, calls, attempts, field62, ...rest } = record
      const tid = { ...newTid(name, record.sn), ...rest, field62 }
      state.tids.set(tidKey(name), { ...tid, calls: [...calls], attempts: [...attempts] })
      return
    }
    default:
      if (record.type === 'sold') state.approvals++
      applyToTid(mustFind(state, record.name), record)
  }
}

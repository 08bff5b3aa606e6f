import { beforeEach, describe, expect, it } from 'vitest'
import { toHex } from '@tillgate/protocol'
import { nodePrimitives as crypto } from '@tillgate/protocol/node'
import { createManualTime } from '../system/manual-time.js'
import { createPrng } from '../system/prng.js'
import { memoryJournal } from './host-file.js'
import { PlainTill } from './plain-till.js'
import type { TillAnswer } from './plain-till.js'
import { emptyState } from './state.js'
import { createSwitch, inProcessPort } from './switch.js'
import type { Switch } from './switch.js'
import { trySale } from './try-sale.js'
import { manufactureKeyOf } from './working-keys.js'

const name = { acquirerCode: '48020000', mid: '898310148160568', tid: '00000001' }
const manufactureKey = manufactureKeyOf(crypto, 'unit')

const codeOf = (answer: TillAnswer): string => (answer.ok ? answer.responseCode : answer.code)

let theSwitch: Switch
let till: PlainTill
const clock = createManualTime(1_700_000_000_000)

const newTill = (sn: string): PlainTill =>
  new PlainTill({ name, sn, port: inProcessPort(theSwitch), crypto, manufactureKey, clock })

const openBatch = () => theSwitch.ledger(name)?.batches.at(-1)

beforeEach(async () => {
  theSwitch = createSwitch({
    state: emptyState(),
    journal: memoryJournal(),
    crypto,
    manufactureKey,
    clock,
    entropy: createPrng('unit'),
  })
  await theSwitch.register(name, 'SN-1')
  till = newTill('SN-1')
})

describe('who may talk', () => {
  it('answers 97 to an unknown TID and to a TID of another serial number', async () => {
    expect(codeOf(await newTill('SN-2').signOn())).toBe('97')
    const other = { ...name, tid: '00000002' }
    const port = inProcessPort(theSwitch)
    const stranger = new PlainTill({ name: other, sn: 'SN-1', port, crypto, manufactureKey, clock })
    expect(codeOf(await stranger.signOn())).toBe('97')
  })

  it('answers 77 before sign-on and after sign-off', async () => {
    expect(codeOf(await till.sell(100))).toBe('77')
    await till.signOn()
    expect(codeOf(await till.sell(100))).toBe('00')
    expect(codeOf(await till.signOff())).toBe('00')
    expect(codeOf(await till.sell(100))).toBe('77')
    expect(codeOf(await till.signOff())).toBe('00')
  })

  it('refuses a wrong MAC with A0 and books nothing', async () => {
    await till.signOn()
    const request = till.prepare({
      kind: 'sale',
      trace: 5,
      amountMinor: 100,
      currency: '156',
      takenAtMs: 1,
    })
    const forged = { ...request, amountMinor: 1 } as typeof request
    expect(codeOf(await inProcessPort(theSwitch).exchange(forged))).toBe('A0')
    expect(openBatch()?.entries).toEqual([])
  })

  it('hands out new keys at each sign-on; the old ones are dead', async () => {
    await till.signOn()
    const old = till.keys
    await till.signOn()
    expect(toHex(till.keys?.mak.key ?? new Uint8Array())).not.toBe(
      toHex(old?.mak.key ?? new Uint8Array()),
    )
    till.keys = old
    expect(codeOf(await till.sell(100))).toBe('A0')
  })
})

describe('messages that come again', () => {
  beforeEach(async () => {
    await till.signOn()
  })

  it('gives a repeated sale the same answer and books it once', async () => {
    const body = {
      kind: 'sale',
      trace: 9,
      amountMinor: 500,
      currency: '156',
      takenAtMs: 1,
    } as const
    const first = await till.send(body)
    expect(await till.send(body)).toEqual(first)
    expect(codeOf(await till.send({ ...body, amountMinor: 501 }))).toBe('94')
    expect(codeOf(await till.send({ ...body, kind: 'offlineUpload' }))).toBe('94')
    expect(openBatch()?.totals).toEqual({ count: 1, amountMinor: 500 })
  })

  it('reverses once, keeps the entry, and takes no sale under that trace again', async () => {
    await till.sell(500, 'sale', 3)
    expect(codeOf(await till.reverse(3, 499))).toBe('12')
    expect(codeOf(await till.reverse(3, 500))).toBe('00')
    expect(codeOf(await till.reverse(3, 500))).toBe('00')
    expect(codeOf(await till.sell(500, 'sale', 3))).toBe('94')
    expect(openBatch()?.totals).toEqual({ count: 0, amountMinor: 0 })
    expect(openBatch()?.entries).toHaveLength(1)
  })

  it('refuses a sale that comes after its own reversal', async () => {
    expect(codeOf(await till.reverse(8, 100))).toBe('25')
    expect(codeOf(await till.sell(100, 'sale', 8))).toBe('94')
    expect(codeOf(await till.reverse(8, 100))).toBe('25')
  })

  it('agrees again to a settlement that it made, not to other totals', async () => {
    await till.sell(500)
    const { totals, batchNumber } = till
    expect(codeOf(await till.settle())).toBe('00')
    expect(codeOf(await till.settle(totals))).toBe('00')
    expect(codeOf(await till.settle({ count: 0, amountMinor: 0 }))).toBe('95')
    await till.signOn()
    expect(till.batchNumber).toBe(batchNumber + 1)
    expect(codeOf(await till.send({ kind: 'settle', trace: 50, totals, batchNumber }))).toBe('00')
    expect(theSwitch.totals().settledBatches).toBe(1)
  })
})

describe('a batch', () => {
  beforeEach(async () => {
    await till.signOn()
  })

  it('keeps its number over a sign-on while it is open, and gets the next after settlement', async () => {
    await till.sell(100)
    await till.signOn()
    expect(till.batchNumber).toBe(1)
    expect(till.totals.count).toBe(1)
    await till.settle()
    expect(codeOf(await till.sell(100))).toBe('77')
    await till.signOn()
    expect(till.batchNumber).toBe(2)
    expect(codeOf(await till.sell(100))).toBe('00')
  })

  it('books from the upload what the host had not heard of, then closes', async () => {
    await till.sell(100)
    till.book('offlineUpload', till.nextTrace(), 250)
    const answer = await till.settle()
    expect(answer).toMatchObject({
      responseCode: '95',
      hostTotals: { count: 1, amountMinor: 100 },
    })
    const [first = expect.fail('none'), ...rest] = till.records
    expect(codeOf(await till.uploadBatch([first], false))).toBe('00')
    expect(await till.uploadBatch(rest)).toMatchObject({ approval: { received: 2, closed: true } })
    expect(codeOf(await till.uploadBatch(rest))).toBe('00')
    const batch = openBatch()
    expect(batch?.settlement).toMatchObject({ how: 'batchUpload', totals: till.totals })
    expect(batch?.entries.map((entry) => entry.source)).toEqual(['online', 'batchUpload'])
  })

  it('stays open where the host holds a sale that the terminal does not, until it is reversed', async () => {
    const lost = {
      kind: 'sale',
      trace: 77,
      amountMinor: 900,
      currency: '156',
      takenAtMs: 1,
    } as const
    await till.send(lost)
    await till.sell(100, 'sale', 78)
    expect(codeOf(await till.settle())).toBe('95')
    expect(codeOf(await till.uploadBatch())).toBe('95')
    expect(openBatch()?.settlement).toBeUndefined()
    expect(codeOf(await till.uploadBatch())).toBe('12')
    expect(codeOf(await till.reverse(77, 900))).toBe('00')
    expect(codeOf(await till.settle())).toBe('00')
  })

  it('does not close over equal totals of different sales', async () => {
    const other = {
      kind: 'sale',
      trace: 70,
      amountMinor: 100,
      currency: '156',
      takenAtMs: 1,
    } as const
    await till.send(other)
    till.book('offlineUpload', 71, 50)
    expect(codeOf(await till.settle())).toBe('95')
    const listed = [{ kind: 'sale', trace: 72, amountMinor: 100 } as const]
    expect(codeOf(await till.uploadBatch(listed))).toBe('95')
  })

  it('does not close over a trace whose amounts differ, though the totals may not', async () => {
    await till.sell(100, 'sale', 1)
    await till.sell(200, 'sale', 2)
    expect(codeOf(await till.settle({ count: 2, amountMinor: 1 }))).toBe('95')
    const swapped = [
      { kind: 'sale', trace: 1, amountMinor: 200 },
      { kind: 'sale', trace: 2, amountMinor: 100 },
    ] as const
    expect(codeOf(await till.uploadBatch(swapped))).toBe('95')
    expect(openBatch()?.settlement).toBeUndefined()
  })

  it('is closed as it stands when the TID goes to another terminal; nothing in it is lost', async () => {
    await till.sell(100)
    await theSwitch.register(name, 'SN-2')
    expect(codeOf(await till.sell(100))).toBe('97')
    const next = newTill('SN-2')
    expect(codeOf(await next.sell(100))).toBe('77')
    await next.signOn()
    expect(next.batchNumber).toBe(2)
    const [left] = theSwitch.ledger(name)?.batches ?? []
    expect(left).toMatchObject({ sn: 'SN-1', settlement: { how: 'handover' } })
    expect(theSwitch.totals().sales).toEqual({ count: 1, amountMinor: 100 })
  })
})

describe('a blocked TID', () => {
  beforeEach(async () => {
    await till.signOn()
    await till.sell(100)
    await theSwitch.call({ verb: 'block', name, callNumber: 1, reason: 'unbind' })
  })

  it('answers 97 to everything, settlement and offline uploads too', async () => {
    const answers = [
      await till.signOn(),
      await till.sell(100),
      await till.sell(100, 'offlineUpload'),
      await till.reverse(2, 100),
      await till.settle(),
      await till.uploadBatch(),
      await till.signOff(),
    ]
    expect(answers.map(codeOf)).toEqual(Array.from({ length: 7 }, () => '97'))
  })

  it('remembers who tried, and whether with a living key', async () => {
    await till.sell(100)
    const trial = { ...name, sn: 'SN-1', batchNumber: 1, trace: 999, takenAtMs: 1 }
    const result = await trySale(inProcessPort(theSwitch), crypto, { ...trial, mak: undefined })
    expect(result).toEqual({ ok: true, refused: true, responseCode: '97' })
    const ledger = theSwitch.ledger(name)
    expect(ledger?.attempts.map((attempt) => attempt.mac)).toEqual(['right', 'wrong'])
    expect(ledger?.attemptCount).toBe(2)
  })

  it('sells on with the same keys and batch once it is open again', async () => {
    await theSwitch.call({ verb: 'unblock', name, callNumber: 2, reason: 'released' })
    expect(codeOf(await till.sell(100))).toBe('00')
    expect(codeOf(await till.settle())).toBe('00')
  })

  it('takes back the sale of a trial that found it open', async () => {
    await theSwitch.call({ verb: 'unblock', name, callNumber: 2, reason: 'released' })
    const mak = till.keys?.mak.key
    const trial = { ...name, sn: 'SN-1', batchNumber: 1, trace: 999, takenAtMs: 1, mak }
    const result = await trySale(inProcessPort(theSwitch), crypto, trial)
    expect(result).toEqual({ ok: true, refused: false, reversed: true })
    expect(codeOf(await till.settle())).toBe('00')
  })
})

describe('the numbers of calls', () => {
  const call = (verb: 'block' | 'unblock', callNumber: number) =>
    theSwitch.call({ verb, name, callNumber, reason: '' })

  it('refuses a late unblock under a lower number: what a later attempt blocked stays blocked', async () => {
    expect(await call('block', 5)).toMatchObject({ ok: true, state: 'blocked' })
    expect(await call('unblock', 4)).toEqual({ ok: false, code: 'stale', callNumber: 5 })
    expect(theSwitch.ledger(name)?.state).toBe('blocked')
  })

  it('answers the same number and verb the same again, and refuses the opposite under it', async () => {
    await call('block', 5)
    expect(await call('block', 5)).toEqual({ ok: true, state: 'blocked', callNumber: 5 })
    expect(await call('unblock', 5)).toMatchObject({ ok: false, code: 'number-reused' })
    expect(theSwitch.ledger(name)?.calls).toHaveLength(1)
  })

  it('keeps number and state when the TID is registered again or handed over', async () => {
    await call('block', 5)
    await theSwitch.register(name, 'SN-2')
    expect(await call('unblock', 5)).toMatchObject({ ok: false })
    expect(theSwitch.ledger(name)).toMatchObject({ state: 'blocked', callNumber: 5, sn: 'SN-2' })
  })
})

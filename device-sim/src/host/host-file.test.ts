import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodePrimitives as crypto } from '@tillgate/protocol/node'
import { createManualTime } from '../system/manual-time.js'
import { createPrng } from '../system/prng.js'
import { HostFileError, hostFileName, openHostFile, readHostFile } from './host-file.js'
import type { AppendHandle, HostFile, HostFileOptions } from './host-file.js'
import { PlainTill } from './plain-till.js'
import { snapshotRecords } from './records.js'
import type { HostState } from './state.js'
import { createSwitch, inProcessPort } from './switch.js'
import { manufactureKeyOf } from './working-keys.js'

const manufactureKey = manufactureKeyOf(crypto, 'file')
const clock = createManualTime(1_700_000_000_000)
const nameOf = (i: number) => ({ acquirerCode: '4802', mid: 'M1', tid: `T${String(i)}` })

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillgate-host-'))
  path = join(folder, hostFileName)
})
afterEach(() => rm(folder, { recursive: true }))

const openFile = (more: Partial<HostFileOptions> = {}): Promise<HostFile> =>
  openHostFile({ folder, snapshot: snapshotRecords, ...more })

const switchOver = (file: HostFile) => {
  const { state } = file
  const entropy = createPrng('file')
  return createSwitch({ state, journal: file, crypto, manufactureKey, clock, entropy })
}

/** A day with everything in it that a record can say. */
const live = async (file: HostFile): Promise<void> => {
  const theSwitch = switchOver(file)
  const port = inProcessPort(theSwitch)
  for (let i = 0; i < 3; i++) {
    const name = nameOf(i)
    await theSwitch.register(name, `SN-${String(i)}`)
    const options = { name, sn: `SN-${String(i)}`, port, crypto, manufactureKey, clock }
    const till = new PlainTill(options)
    await till.signOn()
    await Promise.all([till.sell(100), till.sell(200), till.sell(300, 'offlineUpload')])
    await till.reverse(2, 100)
    await till.reverse(500, 1)
    if (i === 0) await till.settle()
    if (i === 1) {
      await till.settle({ count: 0, amountMinor: 0 })
      await till.uploadBatch(till.records.slice(0, 1), false)
    }
    if (i === 2) {
      await till.signOff()
      await theSwitch.call({ verb: 'block', name, callNumber: 4, reason: 'unbind' })
      await till.sell(1)
    }
  }
}

const plain = (state: HostState) => structuredClone(state)

const refusalOf = async (): Promise<string> => {
  try {
    await openFile()
    return 'opened'
  } catch (error) {
    return error instanceof HostFileError ? error.code : String(error)
  }
}

describe('the host’s file', () => {
  it('gives back the state it was written from, also while it is open', async () => {
    const file = await openFile()
    await live(file)
    const during = await readHostFile(path)
    expect(plain(during?.state ?? expect.fail('no file'))).toEqual(plain(file.state))
    await file.close()
    const again = await openFile()
    expect(plain(again.state)).toEqual(plain(file.state))
    await again.close()
  })

  it('says the same after it was written anew, and goes on from there', async () => {
    const file = await openFile({ journalRecordsMax: 5, journalBytesMin: 0 })
    await live(file)
    const text = await readFile(path, 'utf8')
    expect(text).toContain('tidSnapshot')
    await file.close()
    const again = await openFile()
    expect(plain(again.state)).toEqual(plain(file.state))
    const sold = await switchOver(again).call({
      verb: 'unblock',
      name: nameOf(2),
      callNumber: 5,
      reason: '',
    })
    expect(sold.ok).toBe(true)
    await again.close()
    expect((await readHostFile(path))?.state.tids.get('4802/M1/T2')?.callNumber).toBe(5)
  })

  it('cuts a torn end, wherever it is torn, and keeps every whole line before it', async () => {
    const file = await openFile()
    await live(file)
    await file.close()
    const whole = await readFile(path)
    const lines = whole.toString('latin1').split('\n')
    const prng = createPrng('torn')
    for (let round = 0; round < 60; round++) {
      const length = prng.between(lines[0]?.length ?? 0, whole.length - 1) + 1
      await writeFile(path, whole.subarray(0, length))
      const kept = whole.subarray(0, length).lastIndexOf(0x0a) + 1
      const again = await openFile()
      expect(again.tornBytes).toBe(length - kept)
      await switchOver(again).register(nameOf(9), 'SN-9')
      await again.close()
      const after = await readFile(path)
      expect(after.subarray(0, kept).equals(whole.subarray(0, kept))).toBe(true)
      expect((await readHostFile(path))?.state.tids.has('4802/M1/T9')).toBe(true)
    }
  })

  it('refuses damage before a good line, and changes nothing', async () => {
    const file = await openFile()
    await live(file)
    await file.close()
    const whole = await readFile(path)
    const lastLine = whole.lastIndexOf(0x0a, whole.length - 2)
    const prng = createPrng('damage')
    for (let round = 0; round < 40; round++) {
      const damaged = Buffer.from(whole)
      const at = prng.between(20, lastLine - 1)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << prng.between(0, 7))
      await writeFile(path, damaged)
      expect(await refusalOf(), `byte ${String(at)}`).toBe('corrupt')
      expect((await readFile(path)).equals(damaged)).toBe(true)
    }
  })

  it('refuses a file from which a line is missing', async () => {
    const file = await openFile()
    await live(file)
    await file.close()
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, lines.toSpliced(4, 1).join('\n'))
    expect(await refusalOf()).toBe('corrupt')
  })

  it('refuses a newer file and a foreign one', async () => {
    await writeFile(path, 'tillgate-host 2\n')
    expect(await refusalOf()).toBe('newer')
    await writeFile(path, 'something else\n')
    expect(await refusalOf()).toBe('foreign')
  })

  it('can be read by nobody else', async () => {
    const file = await openFile()
    await file.close()
    expect((await stat(path)).mode & 0o077).toBe(0)
  })

  it('syncs in groups: many answers, few writes, each after its own record', async () => {
    const file = await openFile()
    const theSwitch = switchOver(file)
    const names = Array.from({ length: 300 }, (_, i) => nameOf(i))
    let answered = 0
    const answers = names.map(async (name) => {
      await theSwitch.register(name, 'SN')
      answered++
      if (answered % 50 !== 0) return
      expect((await readHostFile(path))?.state.tids.size).toBeGreaterThanOrEqual(answered)
    })
    await Promise.all(answers)
    await file.close()
    expect((await readHostFile(path))?.state.tids.size).toBe(300)
  })
})

const signal = () => {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give: () => give() }
}

describe('a disk that is slow or fails', () => {
  type Step = 'appendFile' | 'datasync'

  /** Runs `before` ahead of each write and each sync. */
  const guarded =
    (before: (step: Step) => Promise<void> | void) =>
    async (at: string): Promise<AppendHandle> => {
      const handle = await open(at, 'a')
      return {
        appendFile: async (...args) => {
          await before('appendFile')
          return handle.appendFile(...args)
        },
        datasync: async () => {
          await before('datasync')
          return handle.datasync()
        },
        truncate: (length) => handle.truncate(length),
        sync: () => handle.sync(),
        close: () => handle.close(),
      }
    }

  it.each(['appendFile', 'datasync'] as const)(
    'answers nothing before %s is over',
    async (slow) => {
      const gate = signal()
      const reached = signal()
      const openAppending = guarded(async (step) => {
        if (step !== slow) return
        reached.give()
        await gate.given
      })
      const file = await openFile({ openAppending })
      const theSwitch = switchOver(file)
      const answered: string[] = []
      const first = theSwitch.register(nameOf(0), 'SN').then(() => answered.push('registered'))
      // Neither writes anything, but what they say rests on the record before them.
      const second = theSwitch.register(nameOf(0), 'SN').then(() => answered.push('again'))
      const third = theSwitch.durable().then(() => answered.push('read'))
      await reached.given
      // Time for a wrong answer to get out: the disk itself is not slow.
      for (let i = 0; i < 20; i++) await stat(path)
      expect(answered).toEqual([])
      gate.give()
      await Promise.all([first, second, third])
      expect(answered.sort()).toEqual(['again', 'read', 'registered'])
      await file.close()
    },
  )

  it.each(['appendFile', 'datasync'] as const)(
    'answers nobody who waits, and nobody after, once %s failed',
    async (failing) => {
      let isFull = false
      const openAppending = guarded((step) => {
        if (isFull && step === failing) throw new Error('ENOSPC')
      })
      const file = await openFile({ openAppending })
      const theSwitch = switchOver(file)
      await theSwitch.register(nameOf(0), 'SN')
      isFull = true
      const waiting = [1, 2, 3].map((i) => theSwitch.register(nameOf(i), 'SN'))
      const outcomes = await Promise.allSettled([...waiting, theSwitch.durable()])
      expect(outcomes.map((outcome) => outcome.status)).toEqual(
        Array.from({ length: 4 }, () => 'rejected'),
      )
      isFull = false
      await expect(theSwitch.durable()).rejects.toMatchObject({ code: 'failed' })
      const request = { kind: 'signOn', ...nameOf(0), sn: 'SN', trace: 1 } as const
      expect(await inProcessPort(theSwitch).exchange(request)).toMatchObject({ ok: false })
      await file.close()
      expect((await readHostFile(path))?.state.tids.has('4802/M1/T0')).toBe(true)
    },
  )
})

it('answers nothing more once it is closed', async () => {
  const file = await openFile()
  const theSwitch = switchOver(file)
  await theSwitch.register(nameOf(0), 'SN')
  await file.close()
  await expect(theSwitch.register(nameOf(1), 'SN')).rejects.toMatchObject({ code: 'closed' })
  const request = { kind: 'signOn', ...nameOf(0), sn: 'SN', trace: 1 } as const
  expect(await inProcessPort(theSwitch).exchange(request)).toEqual({
    ok: false,
    code: 'unreachable',
  })
  expect((await readHostFile(path))?.state.tids.size).toBe(1)
})

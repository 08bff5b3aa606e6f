import { openSignerList } from '@tillgate/protocol'
import { importPrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecordsUnavailable, type Records } from '../../gateway/src/core/ports/records.js'
import { offlineRootFile, offlineRootNotice, sealingKeyFile } from '../../gateway/src/pki/index.js'
import type { Pki } from '../../gateway/src/pki/index.js'
import { newMachine, openRecords, start, type Machine } from './pki-ground.js'

let records: ReturnType<typeof openRecords>
let machine: Machine

beforeEach(() => {
  records = openRecords()
  machine = newMachine(records)
})
afterEach(() => records.close())

/** Everything that a start makes: the pki, the server's certificate, the ticket key. */
const wholeStart = async (on: Machine): Promise<Pki> => {
  const pki = await start(on)
  await pki.serverTls()
  await pki.ticketKey()
  return pki
}

type Crash = 'before the write' | 'after the write' | 'at a read'

/** Records that fail at the n-th call of a kind and at each one after it, as after a kill. */
const failing = (crash: Crash, after: number): Records & { readonly calls: () => number } => {
  let calls = 0
  const killed = (): boolean => ++calls > after
  return {
    calls: () => calls,
    submit: async (name, input) => {
      if (crash === 'at a read') return records.submit(name, input)
      const kill = killed()
      if (kill && (crash === 'before the write' || calls > after + 1)) {
        throw new RecordsUnavailable('killed')
      }
      const answer = await records.submit(name, input)
      if (kill) throw new RecordsUnavailable('killed')
      return answer
    },
    read: (name, input) => {
      if (crash === 'at a read' && killed()) throw new RecordsUnavailable('killed')
      return records.read(name, input)
    },
    health: () => records.health(),
    close: () => records.close(),
  }
}

const spkiInFile = (path: string): Uint8Array | undefined => {
  const key = createPrivateKey(readFileSync(path, 'utf8'))
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
  return importPrivateKey(pkcs8, 'ES256')?.spki
}

const expectComplete = async (pki: Pki, on: Machine): Promise<void> => {
  const rows = await records.read('vault-entries', {})
  const counts = new Map<string, number>()
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  expect(Object.fromEntries(counts)).toEqual({
    ca: 1,
    signer: 4,
    'offline-root': 1,
    'signer-list': 1,
    server: 1,
    'ticket-key': 1,
  })
  const root = nodePrimitives.importPublicKey(pki.offlineRootSpki, 'ES256')!
  const list = openSignerList(nodePrimitives, root, pki.signerList.envelope)
  if (!list.ok) throw new Error(list.rule)
  expect(list.value.listVersion).toBe(1)
  expect(list.value.signers.map((signer) => Buffer.from(signer.publicKey))).toEqual(
    Object.values(pki.signerKeys).map((key) => Buffer.from(key.spki)),
  )
  expect(spkiInFile(join(on.dataFolder, offlineRootFile))).toEqual(pki.offlineRootSpki)
  expect(new X509Certificate(pki.ca.pem).ca).toBe(true)
}

describe('a first start', () => {
  it('makes everything once; a second start finds it and makes nothing', async () => {
    const pki = await wholeStart(machine)
    await expectComplete(pki, machine)
    const before = await records.read('vault-entries', {})
    const again = await wholeStart(machine)
    expect(await records.read('vault-entries', {})).toEqual(before)
    expect(again.ca.der).toEqual(pki.ca.der)
    expect(again.signerList).toEqual(pki.signerList)
    expect(await again.ticketKey()).toEqual(await pki.ticketKey())
    expect(await again.serverTls()).toEqual(await pki.serverTls())
  })

  it('keeps secrets to their owner, and tells the operator to take the root away', async () => {
    await wholeStart(machine)
    const mode = (name = ''): number => statSync(join(machine.dataFolder, name)).mode & 0o777
    expect(mode()).toBe(0o700)
    expect(mode(offlineRootFile)).toBe(0o600)
    expect(mode(sealingKeyFile)).toBe(0o600)
    expect(machine.log.lines.join('\n')).toContain('Take it away')
    expect(readFileSync(join(machine.dataFolder, offlineRootNotice), 'utf8')).toContain('shred')
    expect(readdirSync(machine.dataFolder).filter((name) => name.endsWith('.draft'))).toEqual([])
  })

  it('needs the root no more once it has been taken away, and goes on reminding until then', async () => {
    const pki = await wholeStart(machine)
    machine.log.lines.length = 0
    await wholeStart(machine)
    expect(machine.log.lines.join('\n')).toContain('within reach')
    rmSync(join(machine.dataFolder, offlineRootFile))
    machine.log.lines.length = 0
    const after = await wholeStart(machine)
    expect(machine.log.lines).toEqual([])
    expect(after.signerList).toEqual(pki.signerList)
    expect(existsSync(join(machine.dataFolder, offlineRootFile))).toBe(false)
  })
})

describe.each<Crash>(['before the write', 'after the write', 'at a read'])(
  'a first start that is killed %s',
  (crash) => {
    it('is completed by the next start, wherever it was', async () => {
      const counted = failing(crash, Number.POSITIVE_INFINITY)
      await wholeStart({ ...machine, records: counted })
      const steps = counted.calls()
      expect(steps).toBeGreaterThanOrEqual(9)
      for (let at = 0; at < steps; at++) {
        records.wipe()
        const fresh = newMachine(records)
        const killed = wholeStart({ ...fresh, records: failing(crash, at) })
        await expect(killed, `step ${String(at)}`).rejects.toThrow(RecordsUnavailable)
        await expectComplete(await wholeStart(fresh), fresh)
      }
    })
  },
)

describe('a first start that lost what it needs', () => {
  /** Stops between the pinned root and the signed list. */
  const untilRoot = async (): Promise<void> => {
    await expect(
      wholeStart({ ...machine, records: failing('before the write', 6) }),
    ).rejects.toThrow(RecordsUnavailable)
    const kinds = (await records.read('vault-entries', {})).map(({ kind }) => kind)
    expect(kinds).toContain('offline-root')
    expect(kinds).not.toContain('signer-list')
  }

  it('asks for the offline root when it was taken away too early', async () => {
    await untilRoot()
    const path = join(machine.dataFolder, offlineRootFile)
    const kept = readFileSync(path)
    rmSync(path)
    await expect(wholeStart(machine)).rejects.toMatchObject({
      code: 'OFFLINE_ROOT_MISSING',
      message: expect.stringContaining('Put offline-root.key back') as string,
    })
    writeFileSync(path, kept, { mode: 0o600 })
    await expectComplete(await wholeStart(machine), machine)
  })

  it("does not take another installation's root for its own", async () => {
    await untilRoot()
    const other = newMachine(openRecords())
    await wholeStart(other)
    await other.records.close()
    writeFileSync(
      join(machine.dataFolder, offlineRootFile),
      readFileSync(join(other.dataFolder, offlineRootFile)),
    )
    await expect(wholeStart(machine)).rejects.toMatchObject({ code: 'OFFLINE_ROOT_MISSING' })
  })
})

describe('two nodes that make the first start together', () => {
  it('end with one root, one CA and one list, and with one root key to take away', async () => {
    // One sealing key for both, as nodes that share their records have.
    const value = 'ab'.repeat(32)
    const others = [machine, newMachine(records), newMachine(records)]
    const whole = async (on: Machine): Promise<Pki> => {
      const pki = await start(on, {}, { value })
      await pki.serverTls()
      await pki.ticketKey()
      return pki
    }
    const first = await Promise.allSettled(others.map(whole))
    for (const outcome of first) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toMatchObject({ code: 'OFFLINE_ROOT_MISSING' })
    }
    const pkis = await Promise.all(others.map(whole))
    for (const pki of pkis) {
      expect(pki.offlineRootSpki).toEqual(pkis[0]!.offlineRootSpki)
      expect(pki.signerList).toEqual(pkis[0]!.signerList)
      expect(pki.ca.der).toEqual(pkis[0]!.ca.der)
    }
    const holders = others.filter(({ dataFolder }) => existsSync(join(dataFolder, offlineRootFile)))
    expect(holders).toHaveLength(1)
    await expectComplete(pkis[0]!, holders[0]!)
  })
})

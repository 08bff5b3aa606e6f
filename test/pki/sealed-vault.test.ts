import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Records } from '../../gateway/src/core/ports/records.js'
import type { VaultRow } from '../../gateway/src/core/records/tables.js'
import { sealingKeyFile } from '../../gateway/src/pki/index.js'
import { tempFolder } from '../ground/index.js'
import { newMachine, openRecords, start, type Machine } from './pki-ground.js'

let records: ReturnType<typeof openRecords>
let machine: Machine

beforeEach(() => {
  records = openRecords()
  machine = newMachine(records)
})
afterEach(() => records.close())

/** The same records, with what somebody wrote into the vault behind our back. */
const altered = (change: (row: VaultRow) => VaultRow): Records => ({
  submit: (name, input) => records.submit(name, input),
  read: async (name, input) => {
    const answer = await records.read(name, input)
    if (name !== 'vault-entries') return answer
    return (answer as readonly VaultRow[]).map(change) as unknown as typeof answer
  },
  health: () => records.health(),
  close: () => records.close(),
})

const flipped = (bytes: Uint8Array | null): Uint8Array | null => {
  if (bytes === null) return null
  const copy = bytes.slice()
  copy[copy.length - 1]! ^= 1
  return copy
}

describe('the sealing key', () => {
  it('is not made anew where something is sealed already', async () => {
    await start(machine)
    rmSync(join(machine.dataFolder, sealingKeyFile))
    await expect(start(machine)).rejects.toMatchObject({
      code: 'SEALING_KEY_MISSING',
      message: expect.stringContaining('back from your backup') as string,
    })
  })

  it('is refused when it is another one, saying what to do', async () => {
    await start(machine)
    await expect(start(machine, {}, { value: 'cd'.repeat(32) })).rejects.toMatchObject({
      code: 'SEALING_KEY_WRONG',
      message: expect.stringContaining('Give the key that these records were made with') as string,
    })
  })

  it('may be given as hex or base64, as a value or a file, and is the same each way', async () => {
    const hex = '0f'.repeat(32)
    const base64 = Buffer.from(hex, 'hex').toString('base64')
    const pki = await start(machine, {}, { value: hex })
    const file = join(tempFolder('key'), 'key')
    writeFileSync(file, `${base64}\n`)
    for (const sealing of [{ value: base64 }, { file }, { value: hex, file: '/nowhere' }]) {
      expect((await start(machine, {}, sealing)).ca.der).toEqual(pki.ca.der)
    }
  })

  it.each(['', 'secret', '0f'.repeat(31), '0f'.repeat(33), 'zz'.repeat(32)])(
    'is refused when it is malformed: %j',
    async (value) => {
      await expect(start(machine, {}, { value })).rejects.toMatchObject({
        code: 'SEALING_KEY_MALFORMED',
      })
      expect(await records.read('vault-entries', {})).toEqual([])
    },
  )

  it('is missed when its file is not there', async () => {
    await expect(start(machine, {}, { file: '/nowhere/key' })).rejects.toMatchObject({
      code: 'SEALING_KEY_MISSING',
    })
  })
})

describe('the vault', () => {
  it('holds no private key in clear', async () => {
    await start(machine)
    const rows = await records.read('vault-entries', {})
    // Every PKCS #8 of P-256 holds the curve's OID behind its version.
    const clear = Buffer.from('020100301306072a8648ce3d0201', 'hex')
    const parts = rows.flatMap(({ publicPart, sealedPart }) => [publicPart, sealedPart])
    expect(parts.filter((part) => part !== null && Buffer.from(part).includes(clear))).toEqual([])
    const sealingKey = Buffer.from(
      readFileSync(join(machine.dataFolder, sealingKeyFile), 'utf8').trim(),
      'hex',
    )
    expect(parts.some((part) => part !== null && Buffer.from(part).includes(sealingKey))).toBe(
      false,
    )
  })

  it.each(['ca', 'signer', 'server', 'ticket-key'])(
    'refuses a sealed part of a %s that was tampered with',
    async (kind) => {
      const pki = await start(machine)
      await pki.serverTls()
      await pki.ticketKey()
      const tampered = altered((row) =>
        row.kind === kind ? { ...row, sealedPart: flipped(row.sealedPart) } : row,
      )
      const again = async (): Promise<void> => {
        const opened = await start({ ...machine, records: tampered })
        await opened.serverTls()
        await opened.ticketKey()
      }
      await expect(again()).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    },
  )

  it('refuses a sealed part that was moved to another entry', async () => {
    await start(machine)
    const rows = await records.read('vault-entries', { kind: 'signer' })
    const ordinary = rows.find(({ name }) => name.startsWith('signer/ordinary/'))!
    const moved = altered((row) =>
      row.name.startsWith('signer/destructive/')
        ? { ...row, publicPart: ordinary.publicPart, sealedPart: ordinary.sealedPart }
        : row,
    )
    await expect(start({ ...machine, records: moved })).rejects.toMatchObject({
      code: 'VAULT_DAMAGED',
    })
  })

  it('refuses a signer list that the pinned root did not sign', async () => {
    await start(machine)
    const other = newMachine(openRecords())
    const theirs = (await start(other)).signerList.envelope
    await other.records.close()
    const swapped = altered((row) =>
      row.kind === 'signer-list' ? { ...row, publicPart: theirs } : row,
    )
    await expect(start({ ...machine, records: swapped })).rejects.toMatchObject({
      code: 'VAULT_DAMAGED',
      message: expect.stringContaining('not signed by the pinned offline root') as string,
    })
  })
})

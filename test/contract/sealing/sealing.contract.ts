// What every adapter of the sealing port must hold. An adapter's own test hands its makers to
// `sealingContract`.
import { describe, expect, it } from 'vitest'
import { sealingLimits, type SealingKeys } from '../../../gateway/src/core/ports/sealing.js'

export interface SealingMaker {
  /** Opened with these keys, by number, the first of which seals. */
  open(keys: readonly [number, ...number[]]): Promise<SealingKeys>
}

const of = { what: 'user.totp', whose: '0190c0de-0000-7000-8000-000000000001' }
const secret = new Uint8Array(64).fill(0x5a)

const ok = <T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> => {
  expect(answer).toMatchObject({ ok: true })
  return answer as Extract<T, { readonly ok: true }>
}

export const sealingContract = (adapter: string, make: () => SealingMaker): void => {
  describe(`the sealing port over ${adapter}`, () => {
    const { open } = make()
    const sealedBy = async (keys: SealingKeys): Promise<Uint8Array> =>
      ok(await keys.seal(of, secret)).sealed

    it('opens what it sealed, the empty and the largest too', async () => {
      const keys = await open([1])
      for (const length of [0, 1, 5_000, sealingLimits.secretBytesMax]) {
        const bytes = new Uint8Array(length).fill(7)
        const { sealed } = ok(await keys.seal(of, bytes))
        expect(Buffer.compare(ok(await keys.open(of, sealed)).secret, bytes)).toBe(0)
      }
    })

    it('seals nothing above the limit', async () => {
      const keys = await open([1])
      const large = new Uint8Array(sealingLimits.secretBytesMax + 1)
      expect(await keys.seal(of, large)).toEqual({ ok: false, code: 'TOO_LARGE' })
    })

    it('shows nothing of the secret and never looks the same twice', async () => {
      const keys = await open([1])
      const sealed = await sealedBy(keys)
      expect(Buffer.from(sealed).includes(Buffer.from(secret.subarray(0, 8)))).toBe(false)
      expect(await sealedBy(keys)).not.toEqual(sealed)
    })

    it('opens for no other row or column, and not where one byte was changed or cut', async () => {
      const keys = await open([1])
      const sealed = await sealedBy(keys)
      const answer = { ok: false, code: 'DAMAGED' }
      expect(await keys.open({ ...of, what: 'user.phone' }, sealed)).toEqual(answer)
      expect(await keys.open({ ...of, whose: 'another' }, sealed)).toEqual(answer)
      for (let at = 9; at < sealed.length; at += 11) {
        const changed = sealed.map((byte, place) => (place === at ? byte ^ 1 : byte))
        expect(await keys.open(of, changed)).toEqual(answer)
        expect(await keys.open(of, sealed.subarray(0, at))).toEqual(answer)
      }
      expect(await keys.open(of, new Uint8Array(0))).toEqual(answer)
    })

    it('takes a label that could be mistaken for a bug', async () => {
      const keys = await open([1])
      for (const label of ['', 'a\0b', 'é', 'x'.repeat(sealingLimits.labelLengthMax + 1)]) {
        await expect(keys.seal({ ...of, what: label }, secret)).rejects.toThrow(RangeError)
        await expect(keys.seal({ ...of, whose: label }, secret)).rejects.toThrow(RangeError)
      }
    })

    it('says which key is missing, and names a key by nothing but its id', async () => {
      const [one, two] = [await open([1]), await open([2])]
      const sealed = await sealedBy(one)
      expect(await two.open(of, sealed)).toEqual({ ok: false, code: 'KEY_MISSING', kid: one.kid })
      expect(await two.reseal(of, sealed)).toMatchObject({ ok: false, code: 'KEY_MISSING' })
      expect(one.kidOf(sealed)).toBe(one.kid)
      expect(one.kidOf(new Uint8Array(200))).toBeUndefined()
      expect(one.kid).toMatch(/^[0-9a-f]{16}$/)
      expect(two.kid).not.toBe(one.kid)
    })
  })
  rotating(adapter, make)
  scopes(adapter, make)
}

const rotating = (adapter: string, make: () => SealingMaker): void => {
  describe(`a change of the sealing key over ${adapter}`, () => {
    const { open } = make()

    it('opens under the older key and seals under the current one', async () => {
      const [before, after] = [await open([1]), await open([2, 1])]
      const old = ok(await before.seal(of, secret)).sealed
      expect(ok(await after.open(of, old)).secret).toEqual(secret)
      expect(after.kids).toEqual([after.kid, before.kid])
      expect(after.kidOf(ok(await after.seal(of, secret)).sealed)).toBe(after.kid)
    })

    it('reseals to the same secret under the current key, and leaves what lies there already', async () => {
      const [before, both, after] = [await open([1]), await open([2, 1]), await open([2])]
      const old = ok(await before.seal(of, secret)).sealed
      const anew = ok(await both.reseal(of, old))
      expect(anew.changed).toBe(true)
      expect(ok(await after.open(of, anew.sealed)).secret).toEqual(secret)
      expect(ok(await both.reseal(of, anew.sealed))).toMatchObject({ changed: false })
      expect(await both.reseal({ ...of, whose: 'another' }, old)).toMatchObject({ code: 'DAMAGED' })
      const changed = old.map((byte, at) => (at === old.length - 1 ? byte ^ 1 : byte))
      expect(await both.reseal(of, changed)).toMatchObject({ code: 'DAMAGED' })
    })
  })
}

const scopes = (adapter: string, make: () => SealingMaker): void => {
  describe(`the key of a scope over ${adapter}`, () => {
    const { open } = make()
    const scope = { what: 'scope-key', whose: 'case:1' }

    it('seals and opens for its scope alone', async () => {
      const keys = await open([1])
      const key = ok(await keys.makeKey(scope)).sealed
      const other = ok(await keys.makeKey(scope)).sealed
      const mine = ok(await keys.under(scope, key)).sealing
      const { sealed } = ok(await mine.seal(of, secret))
      const again = ok(await keys.under(scope, key)).sealing
      expect(ok(await again.open(of, sealed)).secret).toEqual(secret)
      expect(await mine.open({ ...of, whose: 'another' }, sealed)).toMatchObject({ ok: false })
      const theirs = ok(await keys.under(scope, other)).sealing
      expect(await theirs.open(of, sealed)).toMatchObject({ ok: false, code: 'DAMAGED' })
      expect(await keys.open(of, sealed)).toMatchObject({ ok: false, code: 'DAMAGED' })
      expect(await mine.seal(of, new Uint8Array(sealingLimits.secretBytesMax + 1))).toMatchObject({
        code: 'TOO_LARGE',
      })
    })

    it('opens for no other scope, and after a change of the sealing key as before', async () => {
      const [before, both, after] = [await open([1]), await open([2, 1]), await open([2])]
      const key = ok(await before.makeKey(scope)).sealed
      const { sealing } = ok(await before.under(scope, key))
      const { sealed } = ok(await sealing.seal(of, secret))
      expect(await before.under({ ...scope, whose: 'case:2' }, key)).toMatchObject({ ok: false })
      expect(await after.under(scope, key)).toMatchObject({ ok: false, code: 'KEY_MISSING' })
      const anew = ok(await both.reseal(scope, key)).sealed
      const carried = ok(await after.under(scope, anew)).sealing
      expect(ok(await carried.open(of, sealed)).secret).toEqual(secret)
    })
  })
}

/**
 * Stands in for the terminal registry where there is none: it answers yes, and the same again to a
 * repeated call. It tells nobody, and keeps no more of a call than its key.
 */
import type { Registry, RegistryAnswer } from '../../core/ports/registry.js'

export const recorderRegistryLimits = {
  /** Beyond it the call made longest ago is forgotten. */
  callsMax: 100_000,
} as const

export const createRecorderRegistry = (
  callsMax: number = recorderRegistryLimits.callsMax,
): Registry => {
  const references = new Map<string, string>()
  let made = 0
  const recorded = ({
    idempotencyKey,
  }: {
    readonly idempotencyKey: string
  }): Promise<RegistryAnswer> => {
    const known = references.get(idempotencyKey)
    if (known !== undefined) return Promise.resolve({ ok: true, reference: known })
    made += 1
    const reference = `recorded-${String(made)}`
    references.set(idempotencyKey, reference)
    const [oldest] = references.keys()
    if (references.size > callsMax && oldest !== undefined) references.delete(oldest)
    return Promise.resolve({ ok: true, reference })
  }

  return { register: recorded, deregister: recorded }
}

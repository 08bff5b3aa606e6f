/** The port of passwords on Argon2id, in the thread pool, a few at a time. */
import { hash, verify, type Algorithm } from '@node-rs/argon2'

import type { Passwords } from '../../core/ports/passwords.js'
import type { Entropy } from '../../core/ports/system.js'
import { passwordLimits as limits } from './limits.js'

/** `Algorithm.Argon2id`; the package declares an ambient enum, which has no value at run time. */
const argon2id = 2 as Algorithm

/** One after another where as many run as may; undefined where too many wait. */
const createGate = () => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (running >= limits.atOnceMax) {
      if (waiting.length >= limits.waitingMax) return undefined
      await new Promise<void>((resolve) => void waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}

export const argon2Passwords = (entropy: Entropy): Passwords => {
  const gate = createGate()
  const hashed = (password: string): Promise<string> =>
    hash(password, {
      algorithm: argon2id,
      memoryCost: limits.memoryKiB,
      timeCost: limits.passes,
      parallelism: limits.lanes,
      outputLen: limits.hashBytes,
      salt: entropy.bytes(limits.saltBytes),
    })
  let nobodys: Promise<string> | undefined
  return {
    hash: (password) => gate(() => hashed(password)),
    verify: (password, known) =>
      gate(async () => {
        if (known !== undefined) return verify(known, password)
        nobodys ??= hashed(Array.from(entropy.bytes(limits.saltBytes)).join('.'))
        await verify(await nobodys, password)
        return false
      }),
  }
}

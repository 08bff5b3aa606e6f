/**
 * How terminals come into a fleet: manufactured, registered, enrolled. A flash that has its certificate
 * is left as it is, so the second start of a fleet needs no API.
 */
import { createEnrolmentToken, registerTerminal, type ApiAccess } from '../enrol/api-client.js'
import { enrol, EnrolmentFailed, isEnrolled } from '../enrol/enrol.js'
import { enrolLimits } from '../enrol/limits.js'
import { manufacture } from '../enrol/manufacture.js'
import type { Flash } from '../flash/flash.js'
import type { TerminalCrypto } from '../runner/crypto.js'
import type { Entropy, Timers } from '../system/system.js'
import { fleetLimits } from './limits.js'

export interface Onboarding {
  readonly api: ApiAccess | undefined
  readonly crypto: TerminalCrypto
  readonly entropy: Entropy
  readonly timers: Timers
  readonly manufactureKey: Uint8Array
  readonly model: string
}

const vendor = 'SIM'

export const onboard = async (parts: Onboarding, sn: string, flash: Flash): Promise<void> => {
  if (isEnrolled(flash)) return
  const { api, crypto, entropy, timers, manufactureKey, model } = parts
  if (api === undefined) {
    throw new Error(`${sn} has no certificate yet: give api, or a flash that is enrolled`)
  }
  const { primitives } = crypto
  await manufacture({ primitives, entropy, manufactureKey, model }, sn, flash)
  const { apiUrl, ca, agent } = api
  await patiently(timers, () => registerTerminal(api, { sn, vendor, model }))
  const token = await patiently(timers, () => createEnrolmentToken(api, sn))
  const request = { sn, flash, crypto, apiUrl, token, ca }
  await patiently(timers, () => enrol(agent === undefined ? request : { ...request, agent }))
}

/** A fleet behind one address meets the limit on enrolments; the same request may be sent again. */
const patiently = async <T>(timers: Timers, attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const isLimit = error instanceof EnrolmentFailed && error.code === 'RATE_LIMITED'
      if (!isLimit || tries >= enrolLimits.rateLimitTriesMax) throw error
      await new Promise<void>((resolve) => {
        timers.after(enrolLimits.rateLimitRestMs, () => resolve())
      })
    }
  }
}

/** A few at a time; the first that fails ends it for all. */
export const eachOf = async <T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items.values()
  let hasFailed = false
  const worker = async (): Promise<void> => {
    for (const item of left) {
      if (hasFailed) return
      try {
        await work(item)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  const workers = Array.from({ length: fleetLimits.onboardedAtOnce }, worker)
  const ends = await Promise.allSettled(workers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

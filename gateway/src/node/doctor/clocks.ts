/** This machine's clock against those that it must agree with: the database's, the host's. */
import { request } from 'node:https'
import type { Clock, EpochMs } from '../../core/ports/system.js'
import type { NodeConfig } from '../config.js'
import { fail, ok, skipped, warn, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

const compared = (check: string, whose: string, aheadMs: number): Finding => {
  const apart = Math.abs(aheadMs)
  const seconds = (apart / 1_000).toFixed(1)
  const says = `this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}`
  if (apart > doctorLimits.clocksApartMsFail)
    return fail(check, `${says}: run an NTP client on both`)
  return apart > doctorLimits.clocksApartMsWarn
    ? warn(check, `${says}: look at NTP on both`)
    : ok(check, `within ${seconds} s of ${whose}`)
}

export const databaseClock = (serverNowMs: EpochMs | undefined, nowMs: EpochMs): Finding =>
  serverNowMs === undefined
    ? skipped('clock, database', 'the records are on this machine')
    : compared('clock, database', 'the database server', nowMs - serverNowMs)

interface Asked {
  readonly url: string
  readonly caPem?: string
}

/** `Date` of whatever it answers; RFC 9110 gives it whole seconds. */
const dateOf = ({ url, caPem }: Asked): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const options = { method: 'HEAD', timeout: doctorLimits.patienceMs, agent: false }
    const asked = request(url, caPem === undefined ? options : { ...options, ca: caPem })
    asked.once('response', (answer) => {
      answer.resume()
      resolve(answer.headers.date)
    })
    asked.once('timeout', () => asked.destroy(new Error('no answer')))
    asked.once('error', reject)
    asked.end()
  })

const halfSecondMs = 500

interface System {
  readonly check: string
  readonly clockCheck: string
  readonly asked: Asked | undefined
  /** What is so where none is named. */
  readonly without: string
}

const examined = async (system: System, clock: Clock): Promise<readonly Finding[]> => {
  const { check, clockCheck, asked, without } = system
  if (asked === undefined) return [warn(check, without)]
  try {
    const date = await dateOf(asked)
    const reached = ok(check, `${asked.url} answers`)
    if (date === undefined) return [reached, skipped(clockCheck, 'its answer has no Date')]
    return [reached, compared(clockCheck, check, clock.now() - Date.parse(date) - halfSecondMs)]
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return [fail(check, `${asked.url} does not answer (${code ?? message})`)]
  }
}

/**
 * The acquirer's systems: that they answer, over TLS that is trusted, and keep the same time, without which
 * no signature is good. Whether a secret is the receiver's only a call can tell, and none is made here.
 */
export const acquirersSystems = async (
  { hostAdapter, registryHook, noticesHook }: NodeConfig,
  clock: Clock,
): Promise<readonly Finding[]> => {
  const systems: readonly System[] = [
    {
      check: "the acquirer's host",
      clockCheck: 'clock, host',
      asked: hostAdapter.kind === 'recorder' ? undefined : hostAdapter,
      without: 'none is named: a recorder stands in, says yes, and blocks nothing',
    },
    {
      check: 'the terminal registry',
      clockCheck: 'clock, registry',
      asked: registryHook,
      without: 'none is named: a recorder stands in, says yes, and tells nobody',
    },
    {
      check: 'notices to people',
      clockCheck: 'clock, notices',
      asked: noticesHook,
      without: 'no way is named: a recorder stands in, and nobody gets any',
    },
  ]
  return (await Promise.all(systems.map((system) => examined(system, clock)))).flat()
}

/** This machine's clock against those that it must agree with: the database's, the host's. */
import { request } from 'node:https'
import type { Clock, EpochMs } from '../../core/ports/system.js'
import type { HostAdapterConfig } from '../config.js'
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

/** `Date` of whatever it answers; RFC 9110 gives it whole seconds. */
const dateOf = ({
  url,
  caPem,
}: HostAdapterConfig & { kind: 'https' }): Promise<string | undefined> =>
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

export const hostClock = async (
  host: HostAdapterConfig,
  clock: Clock,
): Promise<readonly Finding[]> => {
  const [reach, time] = ["the acquirer's host", 'clock, host']
  if (host.kind === 'recorder') {
    return [warn(reach, 'none is named: a recorder stands in, says yes, and blocks nothing')]
  }
  try {
    const date = await dateOf(host)
    const reached = ok(reach, `${host.url} answers`)
    if (date === undefined) return [reached, skipped(time, 'its answer has no Date')]
    return [
      reached,
      compared(time, "the acquirer's host", clock.now() - Date.parse(date) - halfSecondMs),
    ]
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return [fail(reach, `${host.url} does not answer (${code ?? message})`)]
  }
}

/**
 * Asking terminals behind a broker for a Hello: where one speaks under a session that nobody knows, and
 * where one has commands waiting and no node that keeps its lane. At most one in a while for each.
 */
import { helloRequestBody } from '../downlinks/bodies.js'
import { coreLimits } from '../limits.js'
import type { Broker } from '../ports/broker.js'
import type { Log } from '../ports/log.js'
import type { Clock, DurationMs, Ids } from '../ports/system.js'
import type { BatchSigner } from '../signing/batch-signer.js'

export interface HelloRequestPorts {
  readonly broker: Pick<Broker, 'publish'>
  readonly signer: BatchSigner
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

export interface HelloRequests {
  /** False where it was asked a moment ago. */
  ask(sn: string): boolean
}

export const createHelloRequests = (ports: HelloRequestPorts): HelloRequests => {
  const { broker, signer, clock, ids, log } = ports
  /** Oldest first. */
  const askedAt = new Map<string, DurationMs>()

  const forgetOld = (now: DurationMs): void => {
    for (const [sn, at] of askedAt) {
      const isOld = now - at >= coreLimits.helloRequestGapMs
      if (!isOld && askedAt.size <= coreLimits.helloRequestsKeptMax) return
      askedAt.delete(sn)
    }
  }

  return {
    ask(sn) {
      const now = clock.monotonic()
      forgetOld(now)
      if (askedAt.has(sn)) return false
      askedAt.set(sn, now)
      signer
        .envelope('ordinary', helloRequestBody({ sn, ids }))
        .then((payload) => broker.publish({ sn, payload, isMeant: () => true }))
        .catch((error: unknown) => {
          log.warn('a HelloRequest could not be signed', { sn, error: String(error) })
        })
      return true
    },
  }
}

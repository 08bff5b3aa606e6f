/**
 * The short way of an order: a claim made ready where the terminal is connected here, its lane idle and
 * the command harmless, and the claimed attempt handed to the lane. A hand-over that is lost costs only
 * time: the sweep finds the claim.
 */
import { isDestructive, uuidToText } from '@tillgate/protocol'

import { commandBody } from '../downlinks/bodies.js'
import { coreLimits } from '../limits.js'
import type { GreetedSession } from '../loops/lane-steps.js'
import type { OfferedClaim } from '../operations/command-row.js'
import type { CommandServicePorts } from './command-ports.js'
import type { PreparedOrder } from './prepared-order.js'

export interface ClaimOffer {
  readonly session: GreetedSession
  readonly claim: OfferedClaim
}

export interface ClaimOffers {
  /** Undefined where the order has to wait its turn. */
  offer(terminalId: number, order: PreparedOrder): Promise<ClaimOffer | undefined>
  /** The attempt is durable: on its way, without waiting for it. */
  handOver(offer: ClaimOffer, order: PreparedOrder, commandId: number): void
}

export const createClaimOffers = (ports: CommandServicePorts): ClaimOffers => {
  const { sessions, steps, digest, ids, trail } = ports

  const offer = async (
    terminalId: number,
    order: PreparedOrder,
  ): Promise<ClaimOffer | undefined> => {
    if (isDestructive(order.type)) return undefined
    const session = sessions.greeted(terminalId)
    if (session === undefined) return undefined
    const { lane, nonce } = session.greeting
    if (lane.working || lane.open >= coreLimits.commandsInFlightMax) return undefined
    const seq = await steps.nextSeq(session)
    if (seq === undefined) return undefined
    const { assetEpoch, bindingEpoch } = lane
    const body = commandBody(
      { sn: session.sn, ids },
      {
        uuid: order.uuid,
        type: order.type,
        notAfterMs: order.notAfterMs,
        approvalHash: null,
        payload: order.payload,
      },
      { seq, assetEpoch, bindingEpoch, issuedAtMs: order.atMs, sessionNonce: nonce },
    )
    return {
      session,
      claim: {
        fence: lane.fence,
        seq,
        body,
        bodyHash: digest.sha256(body),
        attemptNonce: nonce,
        assetEpoch,
        bindingEpoch,
      },
    }
  }

  const handOver = (
    { session, claim }: ClaimOffer,
    order: PreparedOrder,
    commandId: number,
  ): void => {
    session.greeting.lane.open += 1
    // Order and claim were one commit.
    trail.begin('claim')?.end(order.uuid, session.sn, { seq: claim.seq, outcome: 'published' })
    steps
      .send(session, {
        commandId,
        uuid: order.uuid,
        type: order.type,
        kind: 'command',
        purpose: 'ordinary',
        body: claim.body,
        seq: claim.seq,
      })
      .catch((error: unknown) => {
        ports.log.warn('a claimed command waits for its signature', {
          commandId: uuidToText(order.uuid),
          sn: session.sn,
          error: String(error),
        })
      })
  }

  return { offer, handOver }
}

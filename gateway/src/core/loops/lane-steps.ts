/**
 * Carrying a planned step out: claim or commit in the records first, sign what was committed, send. A
 * step that the records refuse is dropped: the lane is looked at again with what is true by then.
 */
import { changesBindingEpoch } from '@tillgate/protocol'

import {
  abortBody,
  commandBody,
  proceedBody,
  queryBody,
  type Addressee,
} from '../downlinks/bodies.js'
import { takeSeq, type Lane, type SentKind } from '../lanes/lane.js'
import type { Step } from '../lanes/plan-lane.js'
import type { Records } from '../ports/records.js'
import type { Digest, SignerPurpose } from '../ports/signing.js'
import type { Clock, Ids } from '../ports/system.js'
import type { CommandRow } from '../records/tables.js'
import type { Greeting, Session } from '../sessions/session.js'
import type { BatchSigner } from '../signing/batch-signer.js'
import type { Trail } from '../trail/trail.js'
import type { CoreWatch } from '../watch/core-counts.js'
import type { BrakeGauge } from '../approvals/brake-gauge.js'
import { coreLimits } from '../limits.js'
import { deliveryOf } from './deliveries.js'

export type GreetedSession = Session & { readonly greeting: Greeting }

export interface LaneStepPorts {
  readonly records: Records
  readonly signer: BatchSigner
  readonly digest: Digest
  readonly clock: Clock
  readonly ids: Ids
  readonly trail: Trail
  readonly watch: Pick<CoreWatch, 'countSent'>
  readonly brake: BrakeGauge
}

/** A claimed attempt on its way out. */
export interface Outgoing {
  readonly commandId: number
  readonly uuid: Uint8Array
  readonly type: number
  readonly kind: SentKind
  readonly purpose: SignerPurpose
  readonly body: Uint8Array
  readonly seq: number
}

export interface LaneSteps {
  take(session: GreetedSession, step: Step): Promise<void>
  /** Signs and sends what is durable already. */
  send(session: GreetedSession, outgoing: Outgoing): Promise<void>
  /** The next number of the lane; reserves a block where memory has none left. Undefined: fenced. */
  nextSeq(session: GreetedSession): Promise<number | undefined>
}

const commandPurpose = (command: CommandRow): SignerPurpose =>
  command.destructive === 1 ? 'destructive' : 'ordinary'

/** The lane has changed hands: this session must not act any more, unless its own new Hello took it. */
const giveUpLane = (session: GreetedSession, lane: Lane): void => {
  if (session.greeting.lane === lane) session.link.close('replaced')
}

export const createLaneSteps = (ports: LaneStepPorts): LaneSteps => {
  const { records, signer, digest, clock, ids, trail } = ports

  const nextSeq = async (session: GreetedSession): Promise<number | undefined> => {
    const { lane } = session.greeting
    const seq = takeSeq(lane)
    if (seq !== undefined) return seq
    const reserved = await records.submit('reserve-sequences', {
      terminalId: lane.terminalId,
      fence: lane.fence,
    })
    if (!reserved.ok) {
      giveUpLane(session, lane)
      return undefined
    }
    lane.nextSeq = Math.max(lane.nextSeq, lane.seqLast + 1)
    lane.seqLast = reserved.seqLast
    return takeSeq(lane)
  }

  const remember = (lane: Lane, out: Outgoing): void => {
    const before = lane.sent.get(out.commandId)
    const tries = before?.kind === out.kind ? before.tries + 1 : 1
    ports.watch.countSent(out.kind, tries > 1)
    lane.sent.set(out.commandId, { kind: out.kind, at: clock.monotonic(), tries, seq: out.seq })
  }

  const send = async (session: GreetedSession, out: Outgoing): Promise<void> => {
    const { lane } = session.greeting
    remember(lane, out)
    const signing = trail.begin('sign')
    const signed =
      signing && ((wave: number) => signing.end(out.uuid, session.sn, { message: out.kind, wave }))
    const envelope = await signer.envelope(out.purpose, out.body, signed)
    if (session.closed || session.greeting.lane !== lane) return
    /** Until something later is sent about the same command. */
    const isMeant = (): boolean => lane.sent.get(out.commandId)?.seq === out.seq
    const sending = trail.begin('send')
    const outcome = session.link.send(envelope, deliveryOf(ports, session, out), isMeant)
    sending?.end(out.uuid, session.sn, { message: out.kind, seq: out.seq, outcome })
  }

  const addressee = (session: Session): Addressee => ({ sn: session.sn, ids })

  const outgoing = (
    command: CommandRow,
    rest: Pick<Outgoing, 'kind' | 'purpose' | 'body' | 'seq'>,
  ): Outgoing => ({ commandId: command.id, uuid: command.uuid, type: command.type, ...rest })

  const noteTime = async (
    session: GreetedSession,
    command: CommandRow,
    over: 'overdue' | 'lease-over' | 'proceed-silent',
  ): Promise<void> => {
    const atMs = clock.now()
    const noted = await records.submit('note-time', { commandId: command.id, over, atMs })
    if (!noted.ok || !noted.moved) return
    session.greeting.lane.dirty = true
    trail.ended(command.uuid, session.sn, noted.standing)
  }

  const claim = async (session: GreetedSession, command: CommandRow): Promise<void> => {
    const { lane, nonce } = session.greeting
    // A body that is over before it is made is no attempt.
    if (clock.now() > command.notAfterMs) return noteTime(session, command, 'overdue')
    const seq = await nextSeq(session)
    if (seq === undefined) return
    const { assetEpoch } = lane
    const bindingEpoch = changesBindingEpoch(command.type)
      ? command.bindingEpoch
      : lane.bindingEpoch
    const atMs = clock.now()
    const claiming = trail.begin('claim')
    const body = commandBody(addressee(session), command, {
      seq,
      assetEpoch,
      bindingEpoch,
      issuedAtMs: atMs,
      sessionNonce: nonce,
    })
    const result = await records.submit('claim-command', {
      commandId: command.id,
      fence: lane.fence,
      seq,
      body,
      assetEpoch,
      bindingEpoch,
      atMs,
      bodyHash: digest.sha256(body),
      attemptNonce: nonce,
    })
    const outcome = result.ok ? result.standing.state : result.code
    claiming?.end(command.uuid, session.sn, { seq, outcome })
    if (!result.ok) {
      if (result.code === 'FENCED') giveUpLane(session, lane)
      else lane.sent.delete(command.id)
      return
    }
    if (!result.moved || result.standing.state === 'parked') return
    await send(
      session,
      outgoing(command, { kind: 'command', purpose: commandPurpose(command), body, seq }),
    )
  }

  const commitProceed = async (session: GreetedSession, command: CommandRow): Promise<void> => {
    const { uuid, readyNonce, bodyHash } = command
    const { lane } = session.greeting
    if (readyNonce === null || bodyHash === null) return
    const limit = await ports.brake.limit()
    const seq = await nextSeq(session)
    if (seq === undefined) return
    const committing = trail.begin('proceed')
    const body = proceedBody(addressee(session), { uuid, readyNonce, bodyHash }, seq)
    const result = await records.submit('commit-proceed', {
      commandId: command.id,
      fence: lane.fence,
      readyNonce,
      body,
      bodyHash: digest.sha256(body),
      seq,
      brakeLimit: limit,
      atMs: clock.now(),
    })
    if (!result.ok && result.code === 'BRAKE') {
      lane.wakeAt = clock.monotonic() + coreLimits.brakeRetryMs
    }
    const outcome = result.ok ? (result.standing.phase ?? result.standing.state) : result.code
    committing?.end(uuid, session.sn, { seq, outcome })
    if (!result.ok && result.code === 'FENCED') giveUpLane(session, lane)
    if (!result.ok || !result.moved) return
    await send(session, outgoing(command, { kind: 'proceed', purpose: 'destructive', body, seq }))
  }

  /** Abort and Query are made anew each time: what they stand for is in the command's row. */
  const askOrAbort = async (
    session: GreetedSession,
    command: CommandRow,
    kind: 'abort' | 'query',
  ): Promise<void> => {
    const seq = await nextSeq(session)
    if (seq === undefined) return
    const body = (kind === 'abort' ? abortBody : queryBody)(addressee(session), command, seq)
    await send(session, outgoing(command, { kind, purpose: 'ordinary', body, seq }))
  }

  const take = async (session: GreetedSession, step: Step): Promise<void> => {
    const { command } = step
    switch (step.do) {
      case 'claim':
        return claim(session, command)
      case 'resend':
        return command.body === null || command.seq === null
          ? undefined
          : send(
              session,
              outgoing(command, {
                kind: 'command',
                purpose: commandPurpose(command),
                body: command.body,
                seq: command.seq,
              }),
            )
      case 'commit-proceed':
        return commitProceed(session, command)
      case 'resend-proceed':
        return command.proceedBody === null || command.proceedSeq === null
          ? undefined
          : send(
              session,
              outgoing(command, {
                kind: 'proceed',
                purpose: 'destructive',
                body: command.proceedBody,
                seq: command.proceedSeq,
              }),
            )
      case 'abort':
      case 'query':
        return askOrAbort(session, command, step.do)
      case 'note-time':
        return noteTime(session, command, step.over)
      default:
        return step satisfies never
    }
  }

  return { take, send, nextSeq }
}

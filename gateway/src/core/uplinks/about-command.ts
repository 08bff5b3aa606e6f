/**
 * What the handlers of messages about a command share: the operation's input, and what follows from its
 * answer. A Receipt goes out only for what is durable; an alarm is durable before its refusal is
 * acknowledged.
 */
import {
  commandTypeNumbers,
  errorByCode,
  uuidToText,
  wantsReceipt,
  type ErrorCode,
  type UplinkMessage,
} from '@tillgate/protocol'

import type { MoveResult } from '../operations/command-move.js'
import type { UplinkInput } from '../operations/uplink-move.js'
import type { UplinkOutcome } from '../ports/link.js'
import type { Session } from '../sessions/session.js'
import {
  heard,
  refusedUplink,
  type Authentic,
  type GreetedSession,
  type UplinkPorts,
} from './context.js'
import { sendReceipt } from './receipts.js'

/** The lane has a new owner; the terminal says it again in its new session. */
export class SessionFenced extends Error {
  constructor() {
    super('the lane of this session has a new owner')
    this.name = 'SessionFenced'
  }
}

/** The parser refuses a message about a command that names none. */
const noId = new Uint8Array(16)

export const uplinkInput = (
  ports: UplinkPorts,
  session: GreetedSession,
  { uplink, evidence }: Authentic,
): UplinkInput => {
  const { lane } = session.greeting
  const commandUuid = uplink.commandId ?? noId
  return {
    terminalId: session.terminalId,
    fence: lane.fence,
    commandUuid,
    downlinkHash: uplink.downlinkHash ?? null,
    evidence,
    deliveredAtMs: lane.attempts.get(uuidToText(commandUuid))?.deliveredAtMs ?? null,
    atMs: ports.clock.now(),
  }
}

export const raiseAlarm = async (
  ports: UplinkPorts,
  session: Session,
  code: ErrorCode,
  fields: { readonly detail: string; readonly evidence: Uint8Array | null },
): Promise<void> => {
  if (!ports.alarmBudget.take(session.terminalId)) {
    ports.log.warn('an alarm beyond the budget was not recorded', { sn: session.sn, code })
    return
  }
  await ports.records.submit('raise-alarm', {
    code,
    terminalId: session.terminalId,
    actor: 'gateway',
    detail: fields.detail,
    evidence: fields.evidence,
    atMs: ports.clock.now(),
  })
}

/** A message that the records refuse: as an alarm where the catalogue says that one is due. */
const refused = async (
  ports: UplinkPorts,
  session: Session,
  said: Authentic,
  code: ErrorCode,
): Promise<UplinkOutcome> => {
  const alarm: ErrorCode =
    code === 'NOT_FOUND'
      ? 'FOREIGN_COMMAND'
      : code === 'ILLEGAL_STATE'
        ? 'CONFLICTING_ANSWER'
        : code
  if (errorByCode(alarm).alarm) {
    await raiseAlarm(ports, session, alarm, {
      detail: said.uplink.message.kind,
      evidence: said.evidence,
    })
  }
  return refusedUplink(alarm)
}

/** What follows from the operation's answer, the same for every message about a command. */
export const afterMove = async (
  ports: UplinkPorts,
  session: GreetedSession,
  said: Authentic<UplinkMessage>,
  result: MoveResult,
): Promise<UplinkOutcome> => {
  if (!result.ok) {
    if (result.code === 'FENCED') throw new SessionFenced()
    return refused(ports, session, said, result.code)
  }
  const { standing, moved } = result
  if (wantsReceipt(said.uplink.message.kind, standing.destructive === 1)) {
    sendReceipt(ports, session, said)
  }
  const { lane } = session.greeting
  if (moved) {
    if (standing.type === commandTypeNumbers.Bind && standing.state === 'done') {
      lane.bindingEpoch = standing.bindingEpoch
    }
    if (standing.open === 0) {
      ports.trail.ended(said.uplink.commandId ?? noId, session.sn, standing)
      lane.attempts.delete(uuidToText(said.uplink.commandId ?? noId))
      // Where the lane was looked at since, this command is not counted any more.
      if (lane.sent.delete(standing.commandId)) lane.open -= 1
      if (standing.destructive === 1) ports.nudgeCases()
    }
    if (standing.phase === 'ready' || standing.phase === 'tid_unblocking') ports.nudgeHost()
    // Nothing behind it and nothing left of it: no need to look.
    if (standing.open === 1 || lane.open > 0) ports.nudgeLane(session.terminalId)
  }
  return heard
}

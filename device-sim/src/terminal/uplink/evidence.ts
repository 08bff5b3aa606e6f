/**
 * What a terminal keeps until its Receipt: Ready, Released, Proof, Alarm, and Result or Refused of a
 * destructive command. Signed once, in flash before it is first sent, sent verbatim in each new
 * session. PUBACK never ends it. A Proof stays after its Receipt, as long as its journal entry does.
 */
import { equalBytes, toHex, type UplinkMessage } from '@tillgate/protocol'
import type { FlashChange, KeptUplink } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'
import { terminalLimits } from '../limits.js'
import type { Turn } from '../turn.js'
import { signed } from './authenticate.js'
import { compose, type About } from './compose.js'
import { nextToken } from './outbox.js'

type EvidenceMessage = Extract<UplinkMessage, { kind: KeptUplink['kind'] }>

export const nextOrder = (flash: FlashImage): { order: number; change: FlashChange } => {
  const order = (flash.cells.orderCounter ?? 0) + 1
  return { order, change: { cell: 'orderCounter', value: order } }
}

const codeOf = (message: EvidenceMessage): number => ('code' in message ? message.code : 0)

const nonceOf = (message: EvidenceMessage): Uint8Array | undefined =>
  'readyNonce' in message ? message.readyNonce : undefined

export interface Prepared {
  readonly kept: KeptUplink
  readonly id: string
  readonly changes: readonly FlashChange[]
}

/** What anybody may provoke by repeating old packets gives way; what ended something never does. */
const makeRoom = (flash: FlashImage): readonly FlashChange[] => {
  if (flash.areas.evidence.size < terminalLimits.evidenceKeptMax) return []
  const [oldest] = unreceipted(flash).filter(({ kind }) => kind === 'alarm' || kind === 'refused')
  return oldest === undefined ? [] : dropKept([oldest])
}

/** Composed and signed; the caller writes `changes` together with what makes it true. */
export const prepareEvidence = (turn: Turn, message: EvidenceMessage, about: About): Prepared => {
  const { body, messageId } = compose(turn, message, about)
  const { order, change } = nextOrder(turn.flash)
  const kept: KeptUplink = {
    order,
    messageId,
    kind: message.kind,
    commandId: about.commandId,
    downlinkHash: about.downlinkHash,
    readyNonce: nonceOf(message),
    code: codeOf(message),
    abortSeq: message.kind === 'released' ? message.abortSeq : 0,
    envelope: signed(turn, body),
    bodyHash: turn.world.primitives.sha256(body),
    receipted: false,
  }
  const id = toHex(messageId)
  const room = makeRoom(turn.flash)
  return { kept, id, changes: [...room, change, { area: 'evidence', id, value: kept }] }
}

export const sendEvidence = (turn: Turn, kept: KeptUplink): void => {
  if (turn.state.session.open === undefined) return
  turn.say({
    kind: 'publish',
    channel: 'up',
    qos: 1,
    payload: kept.envelope,
    token: nextToken(turn),
    says: kept.kind,
    commandId: kept.commandId,
  })
}

/** Written with `changes`, then sent. */
export const testify = (
  turn: Turn,
  message: EvidenceMessage,
  about: About,
  changes: readonly FlashChange[],
): void => {
  const prepared = prepareEvidence(turn, message, about)
  turn.write([...prepared.changes, ...changes])
  sendEvidence(turn, prepared.kept)
}

export const keptFor = (
  flash: FlashImage,
  commandId: Uint8Array,
  kind: KeptUplink['kind'],
): readonly KeptUplink[] =>
  [...flash.areas.evidence.values()].filter(
    (kept) =>
      kept.kind === kind && kept.commandId !== undefined && equalBytes(kept.commandId, commandId),
  )

export const dropKept = (kept: readonly KeptUplink[]): readonly FlashChange[] =>
  kept.map(({ messageId }) => ({ area: 'evidence', id: toHex(messageId), value: undefined }))

const unreceipted = (flash: FlashImage): readonly KeptUplink[] =>
  [...flash.areas.evidence.values()]
    .filter((kept) => !kept.receipted)
    .sort((a, b) => a.order - b.order)

/** An unreceipted proof, or an erasure on its way to one: the certificate must not change under it. */
export const isProofOpen = (flash: FlashImage): boolean =>
  flash.cells.erasure !== undefined || unreceipted(flash).some((kept) => kept.kind === 'proof')

/** After a Welcome and with a heartbeat: what was PUBACKed without a Receipt is not said in a loop. */
export const resendEvidence = (turn: Turn): void => {
  for (const kept of unreceipted(turn.flash)) sendEvidence(turn, kept)
}

/** Names the uplink and its content; anything else is not about what is kept here. */
export const onReceipt = (turn: Turn, messageId: Uint8Array, hash: Uint8Array): void => {
  const id = toHex(messageId)
  const kept = turn.flash.areas.evidence.get(id)
  if (kept === undefined || !equalBytes(kept.bodyHash, hash)) return
  const value = kept.kind === 'proof' ? { ...kept, receipted: true } : undefined
  turn.write([{ area: 'evidence', id, value }])
}

/** How many alarms wait; a flood of bad packets must not fill the flash. */
export const mayKeepAlarm = (flash: FlashImage): boolean => {
  const waiting = unreceipted(flash)
  const alarms = waiting.filter((kept) => kept.kind === 'alarm')
  return (
    alarms.length < terminalLimits.alarmsKeptMax && waiting.length < terminalLimits.evidenceKeptMax
  )
}

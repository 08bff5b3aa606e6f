/** A packet on the `down` topic: opened and checked, then given to what its message is about. */
import { onCommand } from '../command/receive.js'
import { onRenewCertificate } from '../renew/renew.js'
import { onHelloRequest } from '../session/hello.js'
import { onSignerList } from '../session/trust.js'
import { onWelcome } from '../session/welcome.js'
import type { Turn } from '../turn.js'
import { onAbort } from '../unbind/abort.js'
import { onProceed } from '../unbind/proceed.js'
import { deny } from '../uplink/alarm.js'
import { onReceipt } from '../uplink/evidence.js'
import { onQuery } from '../command/query.js'
import { openPacket } from './open.js'

export const onPacket = (turn: Turn, payload: Uint8Array): void => {
  const opened = openPacket(turn.state, turn.world.primitives, payload, turn.world.nowMs)
  if (!opened.ok) {
    const { refusal, hash } = opened
    const detail = `${refusal.field} ${refusal.rule}`.trim().slice(0, 120)
    return deny(turn, { code: refusal.code, detail, bodyHash: hash })
  }
  const { message, hash } = opened
  switch (message.kind) {
    case 'welcome':
      return onWelcome(turn, message, hash)
    case 'helloRequest':
      return onHelloRequest(turn, message)
    case 'command':
      return onCommand(turn, message, hash)
    case 'proceed':
      return onProceed(turn, message, hash)
    case 'abort':
      return onAbort(turn, message)
    case 'query':
      return onQuery(turn, message)
    case 'receipt':
      return onReceipt(turn, message.messageId, message.hash)
    case 'signerList':
      return onSignerList(turn, payload, hash)
    case 'renewCertificate':
      return onRenewCertificate(turn, message)
    default:
      return message satisfies never
  }
}

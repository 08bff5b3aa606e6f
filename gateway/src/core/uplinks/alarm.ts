/** Alarm (signed): something at the terminal that a person should look at. Gets a Receipt. */
import { errorByNumber, type Alarm } from '@tillgate/protocol'

import { heard, refusedUplink, type UplinkHandler } from './context.js'
import { sendReceipt } from './receipts.js'

export const onAlarm: UplinkHandler<Alarm> = async (ports, session, said) => {
  const { message } = said.uplink
  // Without a Receipt the terminal keeps it, and says it again in its next session.
  if (!ports.alarmBudget.take(session.terminalId)) return refusedUplink('RATE_LIMITED')
  await ports.records.submit('raise-alarm', {
    code: errorByNumber(message.code)?.code ?? `UNKNOWN_${String(message.code)}`,
    terminalId: session.terminalId,
    actor: 'terminal',
    detail: message.detail,
    evidence: said.evidence,
    atMs: ports.clock.now(),
  })
  sendReceipt(ports, session, said)
  return heard
}

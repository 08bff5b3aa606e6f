/**
 * Lane steps for a terminal behind a broker, which nobody sees go. Attempts are few: a published command
 * that was sent several times without a word ends the session here, and from then on the terminal is asked
 * for a Hello instead, which costs no attempt. And another node may have heard of a Bind: the epochs of a body
 * are those of the row.
 */
import { coreLimits } from '../limits.js'
import type { GreetedSession, LaneSteps } from '../loops/lane-steps.js'
import type { Step } from '../lanes/plan-lane.js'
import type { Records } from '../ports/records.js'

const isUnanswered = ({ greeting }: GreetedSession, step: Step): boolean => {
  if (step.do !== 'claim' && step.do !== 'resend') return false
  if (step.command.state !== 'published') return false
  const sent = greeting.lane.sent.get(step.command.id)
  return sent?.kind === 'command' && sent.tries >= coreLimits.unansweredMax
}

export const patientSteps = (own: LaneSteps, records: Pick<Records, 'read'>): LaneSteps => {
  const takeEpochs = async ({ greeting: { lane } }: GreetedSession): Promise<void> => {
    const terminal = await records.read('terminal-by-id', { id: lane.terminalId })
    if (terminal?.fence !== lane.fence) return
    lane.assetEpoch = terminal.assetEpoch
    lane.bindingEpoch = terminal.bindingEpoch
  }

  return {
    send: (session, outgoing) => own.send(session, outgoing),
    nextSeq: (session) => own.nextSeq(session),
    async take(session, step) {
      if (session.brokered && isUnanswered(session, step)) {
        session.link.close('keep-alive')
        return
      }
      if (session.brokered && step.do === 'claim') await takeEpochs(session)
      await own.take(session, step)
    },
  }
}

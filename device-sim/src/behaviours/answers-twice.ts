/**
 * Says everything that it signs twice, one right after the other. What goes under a MAC is left
 * alone: its counter must rise, so a copy of it is a replay and nothing else.
 */
import { parseEnvelope } from '@tillgate/protocol'
import type { Effect } from '../terminal/effect.js'
import type { Behaviour } from './behaviour.js'

const isAnswer = (effect: Effect): boolean => {
  if (effect.kind !== 'publish' || effect.says === 'hello') return false
  const envelope = parseEnvelope(effect.payload)
  return envelope.ok && envelope.value.auth?.kind === 'signature'
}

export const answersTwice = (): Behaviour => ({
  name: 'answers-twice',
  effects: (effects) =>
    effects.flatMap((effect): readonly Effect[] =>
      isAnswer(effect) ? [effect, effect] : [effect],
    ),
})

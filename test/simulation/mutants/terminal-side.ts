/**
 * Wrapping the terminal's pure step. The flash that a step leaves behind is always made anew from the
 * flash before it and from the `write` effects that come out, so that memory and flash never disagree.
 */
import {
  applyChanges,
  type Effect,
  type FlashChange,
  type FlashImage,
  type Input,
  type JournalEntry,
  type Step,
  type TerminalState,
  type World,
} from '@tillgate/device-sim'
import { parseDownlink, parseEnvelope, toHex, type DownlinkMessage } from '@tillgate/protocol'

import type { Machine } from '../world/scene.js'

export interface Arrived {
  readonly message: DownlinkMessage
  /** The body as it came. */
  readonly body: Uint8Array
}

/** The message in a packet; undefined where the input is none, or cannot be read. */
export const arrivedIn = (input: Input): Arrived | undefined => {
  if (input.kind !== 'packet') return undefined
  const envelope = parseEnvelope(input.payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
  return envelope.ok && downlink?.ok === true
    ? { message: downlink.value.message, body: envelope.value.body }
    : undefined
}

/** The same, of one kind. */
export const messageIn = <K extends DownlinkMessage['kind']>(
  input: Input,
  kind: K,
): Extract<DownlinkMessage, { kind: K }> | undefined => {
  const message = arrivedIn(input)?.message
  return message?.kind === kind ? (message as Extract<DownlinkMessage, { kind: K }>) : undefined
}

export const entryOf = (flash: FlashImage, commandId: Uint8Array): JournalEntry | undefined =>
  flash.areas.journal.get(toHex(commandId))

export const journalled = (entry: JournalEntry): FlashChange => ({
  area: 'journal',
  id: toHex(entry.commandId),
  value: entry,
})

const written = (flash: FlashImage, effects: readonly Effect[]): FlashImage =>
  effects.reduce(
    (image, effect) => (effect.kind === 'write' ? applyChanges(image, effect.changes) : image),
    flash,
  )

/** Other effects in the place of a step's own. */
export const withEffects = (before: FlashImage, done: Step, effects: readonly Effect[]): Step => ({
  state: { ...done.state, flash: written(before, effects) },
  effects,
})

/** Written and synced behind everything that the step does. */
export const alsoWriting = (
  before: FlashImage,
  done: Step,
  changes: readonly FlashChange[],
): Step =>
  changes.length === 0
    ? done
    : withEffects(before, done, [...done.effects, { kind: 'write', changes }, { kind: 'sync' }])

/** Written before anything else. */
export const firstWriting = (
  own: Machine,
  { state, input, world }: StepInputs,
  changes: readonly FlashChange[],
): Step => {
  if (changes.length === 0) return own(state, input, world)
  const done = own({ ...state, flash: applyChanges(state.flash, changes) }, input, world)
  return withEffects(state.flash, done, [{ kind: 'write', changes }, ...done.effects])
}

export interface StepInputs {
  readonly state: TerminalState
  readonly input: Input
  readonly world: World
}

/** The step looks at a flash with these differences; what it writes goes into the one that is there. */
export const misreading = (
  own: Machine,
  { state, input, world }: StepInputs,
  differences: readonly FlashChange[],
): Step => {
  if (differences.length === 0) return own(state, input, world)
  const done = own({ ...state, flash: applyChanges(state.flash, differences) }, input, world)
  return withEffects(state.flash, done, done.effects)
}

/** Each change that a step writes, in another form; undefined: not written. */
export const rewriting = (
  before: FlashImage,
  done: Step,
  change: (one: FlashChange) => FlashChange | undefined,
): Step =>
  withEffects(
    before,
    done,
    done.effects.map((effect) =>
      effect.kind === 'write'
        ? {
            kind: 'write',
            changes: effect.changes.flatMap((one) => {
              const other = change(one)
              return other === undefined ? [] : [other]
            }),
          }
        : effect,
    ),
  )

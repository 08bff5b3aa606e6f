/**
 * A behaviour: one way in which a terminal of this world is not ideal. It stands around the machine
 * and never inside it: it may change what the machine hears, what the world hears of it, and what it
 * does by itself while the power is on. It never writes state, and draws chance from its own stream.
 */
import type { Clock, DurationMs, EpochMs } from '../system/system.js'
import type { Effect } from '../terminal/effect.js'
import type { Input } from '../terminal/input.js'
import type { Profile } from '../terminal/profile.js'
import type { TerminalState } from '../terminal/state.js'
import type { Transport } from '../transport/transport.js'

export interface Look {
  readonly state: TerminalState
  readonly nowMs: number
  /** The terminal's own wall clock, which may be wrong. */
  readonly rtcMs: EpochMs
}

/** What a behaviour can do by itself. All of it ends with the power. */
export interface Hands {
  readonly look: () => Look
  readonly after: (delayMs: DurationMs, action: () => void) => void
  readonly input: (input: Input) => void
  readonly reboot: (offMs: DurationMs) => void
}

export interface Behaviour {
  readonly name: string
  /** What kind of terminal it is, before it is first switched on. */
  profile?(profile: Profile): Profile
  /** Instead of its line; once, before it is first switched on. */
  transport?(transport: Transport): Transport
  /** Instead of its clock; only the wall clock may differ. */
  clock?(clock: Clock): Clock
  /** Called at each boot, after it. */
  begin?(hands: Hands): void
  /** Instead of this input: none, itself, or several. */
  input?(input: Input, look: Look): readonly Input[]
  /** Instead of these effects; `look` is the state after the step. */
  effects?(effects: readonly Effect[], look: Look): readonly Effect[]
}

/** What the generator's process answers. */
import type { Memory } from '../processes/usage.js'
import type { Applicant, FleetPapers } from '../gateway/calls.js'
import type { Tally } from './tally.js'

export interface Dial {
  readonly port: number
  /** Which of the fleet, by their order. */
  readonly from: number
  readonly to: number
  readonly resume: boolean
  /** Handshakes under way at a time. */
  readonly atATime: number
}

export interface Dialled {
  /** Until all were welcomed. */
  readonly seconds: number
  readonly resumed: number
  /** Connections that ended before their Welcome, and were begun anew. */
  readonly again: number
}

export interface Saying {
  readonly what: 'ping' | 'beat'
  readonly to: number
  readonly times: number
}

export interface GeneratorCalls {
  /** Draws keys, writes requests. */
  manufacture(count: number): readonly Applicant[]
  /** Some of those that were made, in the order in which they will dial. */
  enrolled(papers: FleetPapers): void
  dial(dial: Dial): Promise<Dialled>
  hangUp(): void
  /** Each of those terminals says it so often, one after the other; until all were answered. */
  say(what: Saying): Promise<void>
  signsAll(signs: boolean): void
  /** Counts from zero again. */
  forget(): void
  /** Since then; throws what a terminal found wrong. */
  tally(): Tally & { readonly rootsVerified: number }
  cpuSeconds(): number
  memory(): Promise<Memory>
}

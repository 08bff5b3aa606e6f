/** How much the benchmark does: enough to be steady, or as little as shows that it works. */

export interface Sizes {
  readonly terminals: number
  readonly inFlightMax: number
  readonly repetitions: number
  /** Of one repetition. */
  readonly commands: number
  readonly signedCommands: number
  readonly exchanges: number
  /** Before the first that counts. */
  readonly warmUpCommands: number
  readonly idleSessions: number
  readonly idleRounds: number
  readonly stormSessions: number
  readonly loneCommands: number
  /** Sealed, before proofs are asked for. */
  readonly sealedEvents: number
  /** At which the gateway's memory and descriptors are looked at; the last is the fleet. */
  readonly sizingSessions: readonly number[]
  /** Pings and Heartbeats of each of a thousand, or of all where there are fewer. */
  readonly saidTimes: number
  /** The fewer first. */
  readonly openCases: readonly [number, number]
  /** Of one repetition, an even number. */
  readonly caseMoves: number
}

export const fullSizes: Sizes = {
  terminals: 1_000,
  inFlightMax: 500,
  repetitions: 5,
  commands: 10_000,
  signedCommands: 6_000,
  exchanges: 40_000,
  warmUpCommands: 10_000,
  idleSessions: 2_000,
  idleRounds: 3,
  stormSessions: 10_000,
  loneCommands: 200,
  sealedEvents: 1_000_000,
  sizingSessions: [1_000, 5_000],
  saidTimes: 30,
  openCases: [500, 50_000],
  caseMoves: 1_000,
}

export const quickSizes: Sizes = {
  terminals: 12,
  inFlightMax: 6,
  repetitions: 2,
  commands: 60,
  signedCommands: 24,
  exchanges: 60,
  warmUpCommands: 12,
  idleSessions: 12,
  idleRounds: 2,
  stormSessions: 12,
  loneCommands: 5,
  sealedEvents: 3_000,
  sizingSessions: [4, 12],
  saidTimes: 2,
  openCases: [4, 12],
  caseMoves: 8,
}

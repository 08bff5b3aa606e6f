/**
 * The frame of a loop that takes no input: it runs its turn when nudged or when its time has come, never
 * twice at once, and again at once while a turn says that there is more. A turn that throws is logged
 * and tried again at the next beat: recovery is the ordinary path.
 */
import type { Log } from '../ports/log.js'
import type { DurationMs, TimerHandle, Timers } from '../ports/system.js'

export interface Loop {
  nudge(): void
  start(): void
  /** Starts no new turn; resolves when the present one has ended. */
  stop(): Promise<void>
}

export interface LoopOptions {
  readonly name: string
  /** How often it runs without a nudge. */
  readonly beatMs?: DurationMs
  readonly timers: Timers
  readonly log: Log
  /** One bounded piece of work; true where there is more at once. */
  turn(): Promise<boolean>
  /** Another node does it while this says no. */
  mayRun?(): boolean
}

const beatMsDefault: DurationMs = 1_000

export const createLoop = (options: LoopOptions): Loop => {
  const { name, beatMs = beatMsDefault, timers, log, turn, mayRun = () => true } = options
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  let timer: TimerHandle | undefined

  const run = async (): Promise<void> => {
    do {
      again = false
      try {
        if (mayRun() && (await turn())) again = true
      } catch (error) {
        log.warn(`${name}: this turn failed, the next will try again`, { error: String(error) })
      }
    } while (again && !stopped)
    // In the same breath as the last look at `again`, or a nudge in between would be lost.
    running = undefined
  }

  const nudge = (): void => {
    if (stopped) return
    if (running !== undefined) {
      again = true
      return
    }
    running = Promise.resolve().then(run)
  }

  const beat = (): void => {
    if (stopped) return
    nudge()
    timer = timers.after(beatMs, beat)
  }

  return {
    nudge,
    start: beat,
    async stop() {
      stopped = true
      timer?.cancel()
      await running
    },
  }
}

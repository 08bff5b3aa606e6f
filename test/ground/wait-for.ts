// Waiting for a condition instead of sleeping: a test says what it waits for, and is told what never
// came. The condition may be asynchronous; its first truthy value is the answer.
export interface WaitOptions {
  readonly what: string
  readonly timeoutMs?: number
}

const WAIT_MS = 10_000
const STEP_MS_MIN = 5
const STEP_MS_MAX = 100

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

export const waitFor = async <T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = WAIT_MS }: WaitOptions,
): Promise<Exclude<T, undefined | null | false | 0 | ''>> => {
  const until = performance.now() + timeoutMs
  let stepMs = STEP_MS_MIN
  let cause: unknown
  for (;;) {
    try {
      const value = await condition()
      cause = undefined
      if (value) return value as Exclude<T, undefined | null | false | 0 | ''>
    } catch (error) {
      cause = error
    }
    if (performance.now() >= until) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause })
    }
    await pause(stepMs)
    stepMs = Math.min(stepMs * 2, STEP_MS_MAX)
  }
}

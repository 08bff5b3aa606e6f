/** What a watcher sees while the demo runs: one line that changes on a terminal, plain lines elsewhere. */
export interface Progress {
  step(text: string): void
  /** The same step has come so far. */
  at(text: string, done: number, of: number): void
  end(): void
}

const barWidth = 24

const bar = (done: number, of: number): string => {
  const full = of === 0 ? barWidth : Math.round((done / of) * barWidth)
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`
}

/** Between two plain lines of the same step. */
const quietMs = 5_000

export const createProgress = (out: NodeJS.WriteStream, startedMs: number): Progress => {
  const live = out.isTTY === true
  let open = false
  let lastPlainMs = 0
  let lastText = ''
  const seconds = (): string =>
    `${((performance.now() - startedMs) / 1_000).toFixed(1).padStart(6)} s`
  const closeLine = (): void => {
    if (open) out.write('\n')
    open = false
  }
  return {
    step(text) {
      closeLine()
      out.write(`${seconds()}  ${text}\n`)
    },
    at(text, done, of) {
      const line = `${seconds()}  ${bar(done, of)} ${String(done)}/${String(of)} ${text}`
      if (live) {
        out.write(`\r\x1b[2K${line}`)
        open = true
        return
      }
      const now = performance.now()
      if (text === lastText && done < of && now - lastPlainMs < quietMs) return
      if (text === lastText && done === of && lastPlainMs === 0) return
      lastPlainMs = now
      lastText = text
      out.write(`${line}\n`)
    },
    end: closeLine,
  }
}

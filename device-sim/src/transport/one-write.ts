/** Gathers what one tick has to say: several packets leave in one write, so in one TLS record. */
export interface OneWrite {
  write(bytes: Uint8Array): void
  /** Out with it now. */
  flush(): void
  /** Nothing more goes out. */
  drop(): void
}

export const oneWriteATick = (write: (bytes: Uint8Array) => void): OneWrite => {
  let waiting: Uint8Array[] = []
  let isDropped = false
  const flush = (): void => {
    const [first, ...more] = waiting
    if (first === undefined) return
    waiting = []
    write(more.length === 0 ? first : Buffer.concat([first, ...more]))
  }
  return {
    write: (bytes) => {
      if (isDropped) return
      if (waiting.push(bytes) === 1) queueMicrotask(flush)
    },
    flush,
    drop: () => {
      isDropped = true
      waiting = []
    },
  }
}

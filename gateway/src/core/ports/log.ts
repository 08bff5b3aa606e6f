/** Where the core reports. Fields use the words of the records; never a key, a card number, a body. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
  /**
   * Whether a line of this level would be written at all: asked where putting it together costs something.
   * A log that has no answer is taken to write from `info` on.
   */
  wants?(level: 'debug' | 'info'): boolean
}

export const wantsLine = (log: Log, level: 'debug' | 'info'): boolean =>
  log.wants?.(level) ?? level === 'info'

/**
 * The log port over pino: one JSON line a report, to standard output or a stream. It writes
 * synchronously by default, so that the last words before a crash are kept. It must never see a key,
 * a token or a body; the names below are a net under that rule, not the rule itself.
 */
import { pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { DestinationStream } from 'pino'
import type { Log } from '../../core/ports/log.js'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface PinoLogOptions {
  readonly level?: LogLevel
  /** Shown in each line: which node, which part. */
  readonly base?: Readonly<Record<string, string>>
  /** Where lines go; standard output where left out. */
  readonly stream?: DestinationStream
}

const neverShown = ['key', 'privateKey', 'token', 'secret', 'authorization', 'sealed', 'body']

const serializers = { error: stdSerializers.err, cause: stdSerializers.err }

export const pinoLog = ({ level = 'info', base = {}, stream }: PinoLogOptions = {}): Log => {
  const options = {
    level,
    base: { ...base },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: neverShown, censor: '[redacted]' },
    serializers,
  }
  const logger = stream === undefined ? pino(options) : pino(options, stream)
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    wants: (wanted) => logger.isLevelEnabled(wanted),
  }
}

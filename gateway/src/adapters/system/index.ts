/** The system adapter: time, chance, ids and the log, as the machine gives them. */
export { systemClock } from './clock.js'
export { systemEntropy } from './entropy.js'
export { systemIds } from './ids.js'
export { pinoLog, type LogLevel, type PinoLogOptions } from './pino-log.js'
export { systemTimers } from './timers.js'
export { atEndOfTurn } from './turns.js'

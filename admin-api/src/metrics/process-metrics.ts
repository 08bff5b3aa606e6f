/**
 * What Node says of this process: CPU, memory, event loop, garbage collection. A process has it once,
 * however many APIs it runs, and nothing is measured before somebody asks.
 */
import { collectDefaultMetrics, Registry } from 'prom-client'

let measured: Registry | undefined

export const processMetrics = (): Promise<string> => {
  if (measured === undefined) {
    measured = new Registry()
    collectDefaultMetrics({ register: measured })
  }
  return measured.metrics()
}

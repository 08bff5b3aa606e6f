/** The node's own records with an ear at the door: hears of each command that has ended, once it is durable. */
import type { Records, ResultOf } from '@tillgate/gateway'

export interface Ears {
  /** The command of this terminal has ended, and the records have committed it. */
  ended: ((terminalId: number) => void) | undefined
}

const hear = (ears: Ears, result: ResultOf<'record-result'>): void => {
  if (result.ok && result.moved && result.standing.open === 0) {
    ears.ended?.(result.standing.terminalId)
  }
}

export const heardRecords = (records: Records, ears: Ears): Records => ({
  async submit(name, input) {
    const result = await records.submit(name, input)
    if (name === 'record-result' || name === 'record-proof') {
      hear(ears, result as ResultOf<'record-result'>)
    }
    return result
  },
  read: (name, input) => records.read(name, input),
  health: () => records.health(),
  close: () => records.close(),
})

/** What all terminals of the process count together. */
export interface Tally {
  downlinks: number
  downlinkBytes: number
  uplinks: number
  uplinkBytes: number
  pubacks: number
  pongs: number
  receipts: number
  hellosAgain: number
}

export const emptyTally = (): Tally => ({
  downlinks: 0,
  downlinkBytes: 0,
  uplinks: 0,
  uplinkBytes: 0,
  pubacks: 0,
  pongs: 0,
  receipts: 0,
  hellosAgain: 0,
})

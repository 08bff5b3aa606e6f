import { createSealer, softwareSealing, systemEntropy } from '@tillgate/gateway'
import { sealingContract } from './sealing.contract.js'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

sealingContract('keys given as bytes', () => ({
  open: ([first, ...older]) => {
    const sealer = createSealer(key(first), systemEntropy, { older: older.map(key) })
    return Promise.resolve(softwareSealing(sealer, systemEntropy))
  },
}))

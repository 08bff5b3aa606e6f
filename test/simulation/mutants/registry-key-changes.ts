/** Each call to the registry has a key of its own. */
import type { Mutant } from './mutant.js'

export const registryKeyChanges: Mutant = {
  name: 'registry-key-changes',
  plants: 'the registry is asked again under a new key, and cancels twice',
  breaks: 'a repeated call is the same call',
  replaced: {
    registry: (own) => {
      let calls = 0
      return {
        ...own,
        deregister: (call) => {
          const key = call.idempotencyKey
          const isFirst = (calls += 1) % 2 === 1
          return own.deregister(isFirst ? call : { ...call, idempotencyKey: `${key}-again` })
        },
      }
    },
  },
}

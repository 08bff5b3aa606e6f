/**
 * Carries what lies under an older sealing key over to the current one, page by page, until nothing is
 * left. It looks at the records each time, so that it does not matter which node did what, or where one
 * crashed; where no older key is given it does nothing. That nothing is left is said in the log, and by
 * `tillgate sealing-key status` at any time.
 */
import { fromHex } from '@tillgate/protocol'
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { SealingKeys } from '../ports/sealing.js'
import type { DurationMs, Timers } from '../ports/system.js'
import { sealedColumnNames } from '../records/sealed-columns.js'
import { resealPage } from '../sealing/reseal-page.js'
import { createLoop, type Loop } from './pace.js'

export interface ResealingPorts {
  readonly records: Records
  readonly sealing: SealingKeys
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
}

/** Where a pass stands: which key, which column, behind which row. */
interface Place {
  readonly key: number
  readonly column: number
  readonly afterId: number
}

const first: Place = { key: 0, column: 0, afterId: 0 }

export const createResealingLoop = (ports: ResealingPorts): Loop => {
  const { sealing, log } = ports
  let at = first
  let touched = 0
  let damaged = 0
  const said = new Set<string>()

  /** All columns of this key have been looked through. */
  const endKey = (kid: string): void => {
    if (touched === 0 && damaged === 0 && !said.has(kid)) {
      said.add(kid)
      log.info('nothing is sealed under this older sealing key any more: it may be removed', {
        kid,
      })
    }
    if (touched > 0) log.info('secrets were sealed anew under the current key', { kid, touched })
    if (damaged > 0) log.warn('sealed values do not open under the key they name', { kid, damaged })
    touched = 0
    damaged = 0
  }

  const turn = async (): Promise<boolean> => {
    const kid = sealing.olderKids[at.key]
    const place = sealedColumnNames[at.column]
    const bytes = kid === undefined ? undefined : fromHex(kid)
    if (kid === undefined || bytes === undefined || place === undefined) {
      at = first
      return false
    }
    const limit = coreLimits.resealPerTurnMax
    const page = await resealPage(ports, { place, kid: bytes, afterId: at.afterId, limit })
    touched += page.resealed
    damaged += page.damaged
    if (page.nextId !== undefined) at = { ...at, afterId: page.nextId }
    else if (at.column + 1 < sealedColumnNames.length)
      at = { ...at, column: at.column + 1, afterId: 0 }
    else {
      endKey(kid)
      at = { key: at.key + 1, column: 0, afterId: 0 }
    }
    return true
  }

  return createLoop({ name: 'resealing', beatMs: coreLimits.resealLookMs, ...ports, turn })
}

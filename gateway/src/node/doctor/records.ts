/** The records: whether this program understands them, and whether a start would change their schema. */
import { glanceAtDatabase } from '../../adapters/records/postgres/glance.js'
import type { RecordsGlance } from '../../adapters/records/glance.js'
import { RecordsRefused } from '../../adapters/records/refused.js'
import { glanceAtFolder } from '../../adapters/records/sqlite/glance.js'
import type { Timers } from '../../core/ports/system.js'
import type { NodeConfig } from '../config.js'
import { fail, ok, warn, type Finding } from './finding.js'

export interface RecordsExamined {
  /** Undefined where they can't be looked at. */
  readonly glance: RecordsGlance | undefined
  readonly findings: readonly Finding[]
}

const check = 'records'

const findingsOf = ({ pending, vault, warnings }: RecordsGlance): readonly Finding[] => {
  const schema =
    vault.length === 0 && pending.length > 0
      ? ok(check, 'empty: the first start makes them')
      : pending.length === 0
        ? ok(check, 'open, with the schema of this program')
        : warn(
            check,
            `the next start changes their schema (${pending.join(', ')}): make a backup first`,
          )
  return [schema, ...warnings.map((says) => warn(check, says))]
}

export const examineRecords = async (
  { records, dataFolder }: NodeConfig,
  timers: Timers,
): Promise<RecordsExamined> => {
  try {
    const glance =
      records?.kind === 'postgres'
        ? await glanceAtDatabase(records.url, timers)
        : glanceAtFolder(dataFolder)
    return { glance, findings: [...findingsOf(glance)] }
  } catch (error) {
    if (!(error instanceof RecordsRefused)) throw error
    return { glance: undefined, findings: [fail(check, error.message)] }
  }
}

/** Public names to the records' own keys, for filters and paths. What is not there is a problem. */
import type { TerminalRow } from '@tillgate/gateway'

import { notFound } from '../problems/problem.js'
import type { ApiServices } from '../services.js'
import { uuidOf } from './fields.js'

type Reads = Pick<ApiServices, 'records'>

export const terminalOf = async ({ records }: Reads, sn: string): Promise<TerminalRow> => {
  const row = await records.read('terminal-by-sn', { sn })
  if (row === undefined) throw notFound('sn', 'terminal')
  return row
}

/** Of an optional filter: undefined where there is none. */
export const terminalIdOf = async (
  services: Reads,
  sn: string | undefined,
): Promise<number | undefined> =>
  sn === undefined ? undefined : (await terminalOf(services, sn)).id

export const merchantIdOf = async (
  { records }: Reads,
  merchantId: string | undefined,
): Promise<number | undefined> => {
  if (merchantId === undefined) return undefined
  const uuid = uuidOf('merchantId', merchantId)
  const row = await records.read('merchant-by-uuid', { uuid })
  if (row === undefined) throw notFound('merchantId', 'merchant')
  return row.id
}

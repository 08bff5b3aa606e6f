/**
 * Orders commands through the node's services, an Unbind by a case that was approved before, never more than so
 * many at a time, and waits until each is durably ended. Who orders lives in the gateway's process, as the API does.
 */
import type { NodeServices } from '@tillgate/gateway'

import { cpuSeconds } from '../processes/usage.js'
import { percentile } from '../statistics.js'
import type { Load, LoadFigures, LoadKind } from './calls.js'
import { approveUnbinds } from './approve-unbinds.js'
import type { Ears } from './ears.js'

export const acquirerCode = '48210001'
export const mid = '821310054110001'

export const tidOf = (terminalId: number): string => String(10_000_000 + terminalId)

export interface LoadParts {
  readonly services: NodeServices
  readonly ears: Ears
  readonly terminalIds: ReadonlyMap<string, number>
  readonly merchantUuid: Uint8Array
}

const actor = 'bench'

const order = async (
  { services, merchantUuid }: LoadParts,
  kind: LoadKind,
  sn: string,
  terminalId: number,
): Promise<void> => {
  const { cases, commands } = services
  const tid = tidOf(terminalId)
  const answer =
    kind === 'SelfTest'
      ? await commands.order({ sn, payload: { type: 'SelfTest' }, actor })
      : kind === 'Bind'
        ? await commands.bind({ sn, merchantUuid, tid, actor })
        : await cases.open({ sn, reason: 'BUSINESS_ADJUSTMENT', actor })
  if (!answer.ok) throw new Error(`${sn}: ${kind} was refused with ${answer.code}`)
}

export const runLoad = async (parts: LoadParts, load: Load): Promise<LoadFigures> => {
  const { ears, terminalIds } = parts
  const free = load.sns.map((sn) => {
    const terminalId = terminalIds.get(sn)
    if (terminalId === undefined) throw new Error(`${sn} is not enrolled here`)
    return { sn, terminalId }
  })
  if (load.kind === 'Unbind') await approveUnbinds(parts.services, free)
  const begun = new Map<number, { readonly sn: string; readonly atMs: number }>()
  const tookMs: number[] = []
  let next = 0
  let ordered = 0
  const cpuBefore = cpuSeconds()
  const startedMs = performance.now()
  await new Promise<void>((resolve, reject) => {
    const fill = (): void => {
      while (begun.size < load.inFlightMax && ordered < load.commands && next < free.length) {
        const one = free[next]
        next += 1
        if (one === undefined) break
        ordered += 1
        begun.set(one.terminalId, { sn: one.sn, atMs: performance.now() })
        order(parts, load.kind, one.sn, one.terminalId).catch(reject)
      }
    }
    ears.ended = (terminalId) => {
      const one = begun.get(terminalId)
      if (one === undefined) return
      begun.delete(terminalId)
      tookMs.push(performance.now() - one.atMs)
      free.push({ sn: one.sn, terminalId })
      if (tookMs.length === load.commands) resolve()
      else fill()
    }
    fill()
  })
  const seconds = (performance.now() - startedMs) / 1_000
  ears.ended = undefined
  return {
    seconds,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    cpuSeconds: cpuSeconds() - cpuBefore,
  }
}

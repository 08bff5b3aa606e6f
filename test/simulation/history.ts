/**
 * What happened, as one hash: decisions and states, never signature bytes, so that the same seed can be
 * held against itself and against another machine. Kept as text only where somebody wants to read it.
 */
import { hash } from 'node:crypto'

import type { Observed } from './observed.js'

const resultText = (result: unknown): string => {
  const { ok, code, moved, standing, state } = result as {
    readonly ok?: boolean
    readonly code?: string
    readonly moved?: boolean
    readonly state?: string
    readonly standing?: { readonly state: string; readonly phase: string | null }
  }
  if (ok !== true) return code ?? '-'
  return standing === undefined
    ? `ok ${state ?? ''}`
    : `${moved === true ? 'to' : 'in'} ${standing.state} ${standing.phase ?? ''}`
}

const lineOf = (seen: Observed): string | undefined => {
  switch (seen.what) {
    case 'committed':
      return `${seen.name} ${resultText(seen.result)}`
    case 'answered':
      return `answered ${seen.verb} ${seen.sn} ${'state' in seen ? seen.state : ''} ${seen.verb === 'cancel' ? (seen.phase ?? '') : ''}`
    case 'refused':
      return `refused ${seen.verb} ${seen.sn} ${seen.code}`
    case 'sent':
      return `sent ${seen.sn}`
    case 'arrived':
      return `arrived ${seen.sn}`
    case 'acknowledged':
      return `acknowledged ${seen.sn} ${seen.refusal ?? ''}`
    case 'stepped':
      return `step ${seen.sn} ${seen.input.kind} ${seen.effects.map(({ kind }) => kind).join()}`
    case 'flashed':
      return undefined
    case 'power':
      return `power ${seen.sn} ${seen.is}`
    case 'host-called':
      return `host ${seen.verb} ${seen.tid} ${String(seen.callNumber)} ${seen.answer.ok ? seen.answer.state : seen.answer.code}`
    case 'registry-called':
      return `registry ${seen.sn} ${seen.tid}`
    case 'host-asked':
      return `till ${seen.sn} ${seen.request.kind} ${seen.answer.ok ? seen.answer.responseCode : seen.answer.code}`
    case 'sold':
      return `sold ${seen.sn} ${seen.outcome} ${String(seen.amountMinor)}`
    case 'gateway':
      return `gateway ${seen.is}`
    default:
      return seen satisfies never
  }
}

export class History {
  readonly #keep: ((line: string) => void) | undefined
  /** Hashed at the end, in one go: a call to the hash costs more than a line. */
  #text = ''
  #events = 0

  constructor(keep?: (line: string) => void) {
    this.#keep = keep
  }

  get events(): number {
    return this.#events
  }

  add(atMs: number, seen: Observed): void {
    const line = lineOf(seen)
    if (line === undefined) return
    this.#events++
    const text = `${atMs.toFixed(3)} ${line}\n`
    this.#text += text
    this.#keep?.(text)
  }

  note(text: string): void {
    this.#text += text
    this.#keep?.(text)
  }

  digest(): string {
    return hash('sha256', this.#text)
  }
}

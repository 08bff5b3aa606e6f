/** What was tried under a TID after its terminal was taken from its merchant. None is changed or deleted. */

/** `key`: the terminal itself shows working keys that it has proved to have erased. */
export type AttemptKind = 'sale' | 'authorization' | 'key'

export interface WatchAttemptRow {
  readonly id: number
  readonly caseId: number
  readonly bindingId: number
  readonly kind: AttemptKind
  readonly source: 'host' | 'terminal'
  /** The host's own name for it, under its acquirer; of a terminal its session. The same is reported once. */
  readonly reference: string
  /** As the host saw it; null where it does not know. */
  readonly sn: string | null
  readonly atMs: number
  readonly reportedBy: string
  readonly reportedAtMs: number
}

export interface WatchTables {
  readonly watchAttempt: WatchAttemptRow
}

export const watchColumns: {
  readonly watchAttempt: { readonly [C in keyof WatchAttemptRow]: true }
} = {
  watchAttempt: {
    id: true,
    caseId: true,
    bindingId: true,
    kind: true,
    source: true,
    reference: true,
    sn: true,
    atMs: true,
    reportedBy: true,
    reportedAtMs: true,
  },
}

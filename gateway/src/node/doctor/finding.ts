/** What a doctor says of one thing: how it is, and in plain words what it saw or what to do. */
export interface Finding {
  readonly check: string
  /** `fail`: Tillgate does not start, or must not run so. `skipped`: there was nothing to look at. */
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly says: string
}

const finding =
  (verdict: Finding['verdict']) =>
  (check: string, says: string): Finding => ({ check, verdict, says })

export const ok = finding('ok')
export const warn = finding('warn')
export const fail = finding('fail')
export const skipped = finding('skipped')

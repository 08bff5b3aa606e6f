// What a check of a pack says. Names are stable: scripts read them.
export type CheckName =
  | 'checkpoint'
  | 'entries'
  | 'belongs'
  | 'approval'
  | 'second-person'
  | 'ready'
  | 'tid-blocked-first'
  | 'proceed'
  | 'proof'
  | 'erased'
  | 'closed'

export interface Finding {
  readonly check: CheckName
  /** `absent`: there is nothing to check, and the case does not claim that there is. */
  readonly is: 'ok' | 'wrong' | 'absent'
  readonly says: string
}

export const ok = (check: CheckName, says: string): Finding => ({ check, is: 'ok', says })
export const wrong = (check: CheckName, says: string): Finding => ({ check, is: 'wrong', says })
export const absent = (check: CheckName, says: string): Finding => ({ check, is: 'absent', says })

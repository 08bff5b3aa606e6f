/**
 * Why a data folder or a database is not opened. Nothing has been changed in it then; the message says what a
 * person can do about it.
 */
export type RefusedCode =
  | 'NEWER' // a later program wrote it
  | 'CHANGED' // a migration that made it differs from the one in this program
  | 'FOREIGN' // not a Tillgate database
  | 'CORRUPT' // damaged
  | 'LOCKED' // another process has it open
  | 'UNUSABLE' // no access, read-only, disk full, a server that does not answer
  // of a server
  | 'CREDENTIALS' // user, password, database or rights
  | 'SERVER_TOO_OLD'
  | 'READ_ONLY' // a standby
  | 'NOT_EMPTY' // something was to be copied into it
  | 'OLDER' // its schema is behind, and nobody may change it now

export class RecordsRefused extends Error {
  readonly code: RefusedCode
  constructor(code: RefusedCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'RecordsRefused'
    this.code = code
  }
}

/**
 * A step of the schema: forward only, never edited once released. Its checksum is kept in the file
 * that it made, so that an edited one is noticed at the next start.
 */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Times leave as RFC 3339 in UTC, with milliseconds; absent is null. */
import Type from 'typebox'

export const timeSchema = Type.String({
  format: 'date-time',
  examples: ['2026-03-01T09:30:00.000Z'],
})
export const timeOrNull = Type.Union([timeSchema, Type.Null()])

export const toTime = (atMs: number): string => new Date(atMs).toISOString()
export const toTimeOrNull = (atMs: number | null): string | null =>
  atMs === null ? null : toTime(atMs)

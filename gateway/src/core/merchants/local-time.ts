/** Times as merchants read and write them: in China, which has one zone and no summer time. */
const offsetMs = 8 * 3_600_000

/** `2026-03-01 17:00`. */
export const localText = (atMs: number): string =>
  new Date(atMs + offsetMs).toISOString().slice(0, 16).replace('T', ' ')

/** Of a day `2026-03-01` and a time `17:00`; undefined where they are none. */
export const localTime = (day: string, time: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return undefined
  const atMs = Date.parse(`${day}T${time}:00.000+08:00`)
  return Number.isNaN(atMs) ? undefined : atMs
}

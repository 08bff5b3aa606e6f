/**
 * The flash as the firmware reads it: an immutable picture, and what a change does to it. Both the
 * pure machine and the file apply changes through here, so that they can't disagree.
 */
import type { AreaName, FlashAreas, FlashCells, FlashChange } from './contents.js'

export interface FlashImage {
  readonly cells: Partial<FlashCells>
  readonly areas: { readonly [A in AreaName]: ReadonlyMap<string, FlashAreas[A]> }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

export const emptyImage: FlashImage = {
  cells: {},
  areas: {
    slots: none,
    journal: none,
    evidence: none,
    batch: none,
    offline: none,
    reversal: none,
    slip: none,
    params: none,
    receipts: none,
    log: none,
    crash_dump: none,
    cache: none,
  },
}

const withCell = (image: FlashImage, name: string, value: unknown): FlashImage => {
  const cells: Record<string, unknown> = { ...image.cells }
  if (value === undefined) delete cells[name]
  else cells[name] = value
  return { ...image, cells }
}

const withRecord = (image: FlashImage, area: AreaName, id: string, value: unknown): FlashImage => {
  const records = new Map<string, unknown>(image.areas[area])
  if (value === undefined) records.delete(id)
  else records.set(id, value)
  return { ...image, areas: { ...image.areas, [area]: records } }
}

export const applyChange = (image: FlashImage, change: FlashChange): FlashImage => {
  if ('cell' in change) return withCell(image, change.cell, change.value)
  if ('clear' in change) {
    if (image.areas[change.clear].size === 0) return image
    return { ...image, areas: { ...image.areas, [change.clear]: none } }
  }
  return withRecord(image, change.area, change.id, change.value)
}

export const applyChanges = (image: FlashImage, changes: readonly FlashChange[]): FlashImage =>
  changes.reduce(applyChange, image)

/** The changes that make this image out of an empty one. */
export const snapshotOf = (image: FlashImage): readonly FlashChange[] => {
  const changes: unknown[] = []
  for (const [cell, value] of Object.entries(image.cells)) changes.push({ cell, value })
  for (const [area, records] of Object.entries(image.areas)) {
    for (const [id, value] of records) changes.push({ area, id, value })
  }
  return changes as FlashChange[]
}

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

/** Copies of what a list of changes touches, each made once. */
class Draft {
  readonly #from: FlashImage
  #cells: Record<string, unknown> | undefined
  readonly #areas = new Map<AreaName, Map<string, unknown>>()

  constructor(from: FlashImage) {
    this.#from = from
  }

  apply(change: FlashChange): void {
    if ('cell' in change) {
      this.#cells ??= { ...this.#from.cells }
      if (change.value === undefined) delete this.#cells[change.cell]
      else this.#cells[change.cell] = change.value
    } else if ('clear' in change) {
      this.#areas.set(change.clear, new Map())
    } else if (change.value === undefined) {
      this.#area(change.area).delete(change.id)
    } else {
      this.#area(change.area).set(change.id, change.value)
    }
  }

  #area(name: AreaName): Map<string, unknown> {
    const copied = this.#areas.get(name)
    if (copied !== undefined) return copied
    const copy = new Map<string, unknown>(this.#from.areas[name])
    this.#areas.set(name, copy)
    return copy
  }

  image(): FlashImage {
    const cells = this.#cells ?? this.#from.cells
    if (this.#areas.size === 0) return { cells, areas: this.#from.areas }
    const areas = { ...this.#from.areas, ...Object.fromEntries(this.#areas) } as FlashImage['areas']
    return { cells, areas }
  }
}

export const applyChanges = (image: FlashImage, changes: readonly FlashChange[]): FlashImage => {
  if (changes.length === 0) return image
  const draft = new Draft(image)
  for (const change of changes) draft.apply(change)
  return draft.image()
}

/** The changes that make this image out of an empty one. */
export const snapshotOf = (image: FlashImage): readonly FlashChange[] => {
  const changes: unknown[] = []
  for (const [cell, value] of Object.entries(image.cells)) changes.push({ cell, value })
  for (const [area, records] of Object.entries(image.areas)) {
    for (const [id, value] of records) changes.push({ area, id, value })
  }
  return changes as FlashChange[]
}

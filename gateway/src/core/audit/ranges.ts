/**
 * Which stretches of leaves a proof is made of (RFC 6962 sections 2.1.1 and 2.1.2), each a subtree whose
 * hash stands in the proof, in the order of the proof.
 */
export interface Range {
  readonly from: number
  /** Not among them. */
  readonly to: number
}

/** The largest power of two below `count`, which is at least 2. */
export const leftOf = (count: number): number => {
  let left = 1
  while (left * 2 < count) left *= 2
  return left
}

/** From the leaf's sibling up. `index` is below `size`. */
export const inclusionRanges = (index: number, size: number): readonly Range[] => {
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + leftOf(to - from)
    if (index < middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  return ranges.reverse()
}

/** That the tree of `to` begins with the tree of `from`, both above 0 and not equal. */
export const consistencyRanges = (older: number, size: number): readonly Range[] => {
  const ranges: Range[] = []
  let [from, to] = [0, size]
  let isWhole = true
  while (older < to) {
    const middle = from + leftOf(to - from)
    if (older <= middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
      isWhole = false
    }
  }
  // Where the older tree is a subtree of its own, whoever checks has its root.
  if (!isWhole) ranges.push({ from, to })
  return ranges.reverse()
}

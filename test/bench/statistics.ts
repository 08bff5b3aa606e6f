/** Figures out of samples. Nothing here measures. */

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)

/** By nearest rank; 0 where there is nothing. */
export const percentile = (values: readonly number[], share: number): number => {
  const list = sorted(values)
  const rank = Math.max(1, Math.ceil(share * list.length))
  return list[rank - 1] ?? 0
}

export const median = (values: readonly number[]): number => {
  const list = sorted(values)
  const middle = list.length / 2
  return list.length % 2 === 1
    ? (list[Math.floor(middle)] ?? 0)
    : ((list[middle - 1] ?? 0) + (list[middle] ?? 0)) / 2
}

/** From the least to the greatest, as a share of the median. */
export const spread = (values: readonly number[]): number => {
  const list = sorted(values)
  const of = median(list)
  return of === 0 ? 0 : ((list.at(-1) ?? 0) - (list[0] ?? 0)) / of
}

/** To so many digits that say something. */
export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits))

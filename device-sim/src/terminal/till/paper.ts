/** Slips, receipts, logs: texts by id, the oldest making room for the newest. */
import type { FlashChange } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'

type Paper = 'slip' | 'receipts' | 'log' | 'cache' | 'crash_dump'

export const keepText = (
  flash: FlashImage,
  area: Paper,
  { id, text, max }: { readonly id: string; readonly text: string; readonly max: number },
): readonly FlashChange[] => {
  const records = flash.areas[area]
  const order = [...records.values()].reduce((last, record) => Math.max(last, record.order), 0) + 1
  const added: FlashChange = { area, id, value: { order, text } }
  if (records.size < max || records.has(id)) return [added]
  const oldest = [...records].sort(([, a], [, b]) => a.order - b.order)[0]
  return oldest === undefined ? [added] : [{ area, id: oldest[0], value: undefined }, added]
}

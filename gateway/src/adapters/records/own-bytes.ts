/**
 * Structured clone copies the whole buffer under a view, and Node cuts small Buffers out of one pool
 * of 8 KiB: a hash of 32 bytes would cost 8 KiB on its way to the worker, and take its neighbours'
 * bytes along. So a view that does not own its buffer is copied before it is posted.
 */
export const ownBytes = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) {
    return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value)
  }
  if (Array.isArray(value)) return ownList(value)
  return Object.getPrototypeOf(value) === Object.prototype ? ownFields(value) : value
}

const ownList = (list: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined
  for (const [place, item] of list.entries()) {
    const own = ownBytes(item)
    if (own === item) continue
    copy ??= [...list]
    copy[place] = own
  }
  return copy ?? list
}

const ownFields = (fields: object): object => {
  let copy: Record<string, unknown> | undefined
  for (const name in fields) {
    const item = (fields as Record<string, unknown>)[name]
    const own = ownBytes(item)
    if (own === item) continue
    copy ??= { ...fields }
    copy[name] = own
  }
  return copy ?? fields
}

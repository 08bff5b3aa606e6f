/** What is in an envelope, read once for all checkers: the same bytes pass many eyes. */
import {
  parseDownlink,
  parseEnvelope,
  parseUplink,
  type Downlink,
  type Uplink,
} from '@tillgate/protocol'

/** Undefined: it is none. */
const once = <T>(read: (body: Uint8Array) => { readonly ok: boolean; readonly value?: T }) => {
  const known = new WeakMap<Uint8Array, { readonly value: T; readonly body: Uint8Array } | 'none'>()
  return (envelope: Uint8Array): { readonly value: T; readonly body: Uint8Array } | undefined => {
    let found = known.get(envelope)
    if (found === undefined) {
      const opened = parseEnvelope(envelope)
      const parsed = opened.ok ? read(opened.value.body) : undefined
      found =
        opened.ok && parsed?.ok === true
          ? { value: parsed.value as T, body: opened.value.body }
          : 'none'
      known.set(envelope, found)
    }
    return found === 'none' ? undefined : found
  }
}

export const downlinkIn = once<Downlink>(parseDownlink)
export const uplinkIn = once<Uplink>(parseUplink)

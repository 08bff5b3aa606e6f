/**
 * Jitter between attempts to connect, drawn from a node's incarnation: two nodes never share one, so
 * they don't knock in step. Nothing secret hangs on it.
 */
export const chanceOf = (incarnation: string): (() => number) => {
  let state = 0x811c9dc5
  for (const character of incarnation) {
    state = Math.imul(state ^ character.charCodeAt(0), 0x01000193)
  }
  return () => {
    // xorshift32 never leaves 0.
    state = state === 0 ? 1 : state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

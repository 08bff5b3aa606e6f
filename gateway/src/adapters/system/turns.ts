/** The end of a turn of the event loop: after all that has arrived was handled, before the next poll. */
export const atEndOfTurn = (action: () => void): void => {
  setImmediate(action)
}

/** What every schedule has at least: less than this proves little. */
export const terminalsMin = 5
export const commandsMin = 10
/** Lines of its history. */
export const eventsMin = 200

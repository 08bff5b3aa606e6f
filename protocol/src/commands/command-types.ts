// The command types by name and number, and what a number alone says: 1 to 63 destroy nothing,
// 64 to 127 are destructive, known or not. README.md §7.

export const commandTypeNumbers = {
  SelfTest: 1,
  Bind: 2,
  Lock: 3,
  Unlock: 4,
  Unbind: 64,
} as const

export type CommandTypeName = keyof typeof commandTypeNumbers

export const commandTypeNames = Object.keys(commandTypeNumbers) as readonly CommandTypeName[]

const destructiveMin = 64
const destructiveMax = 127

export const isDestructive = (type: number): boolean =>
  type >= destructiveMin && type <= destructiveMax

export const commandTypeNumber = (name: CommandTypeName): number => commandTypeNumbers[name]

export const commandTypeName = (type: number): CommandTypeName | undefined =>
  commandTypeNames.find((name) => commandTypeNumbers[name] === type)

/** Only Bind moves the binding epoch: it needs a higher one, every other type the stored one. */
export const changesBindingEpoch = (type: number): boolean => type === commandTypeNumbers.Bind

/** What a terminal takes in a boot in which no Welcome has set its clock: on sequence alone. */
export const runsWithoutClock = (type: number): boolean =>
  type === commandTypeNumbers.SelfTest || type === commandTypeNumbers.Lock

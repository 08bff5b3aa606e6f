// The ground that the tests stand on.
export { removeFolders, tempFolder } from './folders.js'
export { freePort } from './ports.js'
export { hasProgram, requireProgram, testWith } from './programs.js'
export { pause, waitFor } from './wait-for.js'
export type { WaitOptions } from './wait-for.js'

/** Ends the process with what went wrong: one line where an operator can mend it, else all of it. */
import { explain } from '../start/explain.js'

export const fail = (error: unknown): never => {
  const words = explain(error)
  console.error(words === undefined ? error : `tillgate: ${words}`)
  process.exit(1)
}

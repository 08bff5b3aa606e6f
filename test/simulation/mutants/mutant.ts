/**
 * A mutant is a planted bug: the product with one part replaced by one that is wrong in one way. It is
 * there so that the checkers can be checked: a rule that no mutant breaks may as well not be there.
 */
import type { Replaced } from '../schedule.js'

export interface Mutant {
  readonly name: string
  /** What is broken, in one sentence. */
  readonly plants: string
  /** The invariant or rule that it breaks, and whose checker should see it. */
  readonly breaks: string
  /**
   * The one checker that counts. For a bug that stands behind another guard, which had to be taken away
   * as well: the rule of that guard would see the gap, and not the bug.
   */
  readonly seenBy?: string
  readonly replaced: Replaced
}

/**
 * Passwords of people. Asynchronous and bounded, because a hash is made to cost time and memory: beyond
 * what may wait, the port refuses instead of piling up. A password never leaves it.
 */
export interface Passwords {
  /** A PHC string with salt and parameters; undefined where too many wait. */
  hash(password: string): Promise<string | undefined>
  /**
   * Whether it is the password of this hash; undefined where too many wait. Without a hash it does the
   * same work on one that nobody has, and says no: a stranger must not learn from time who is known.
   */
  verify(password: string, hash: string | undefined): Promise<boolean | undefined>
}

/**
 * What one acquirer's registry calls enabling, disabling and cancelling, and what its answers mean (domain
 * §1.2: the numbers are established nowhere, so none stands in the program). Text, letter by letter: `01`
 * is not `1`.
 */
export interface AcquirerCodes {
  readonly acts: { readonly enable: string; readonly disable: string; readonly cancel: string }
  readonly answers: {
    readonly ok: readonly string[]
    /** It stood so before. */
    readonly already: readonly string[]
    readonly refused: readonly string[]
  }
}

/** By acquirer code. */
export type RegistryCodes = ReadonlyMap<string, AcquirerCodes>

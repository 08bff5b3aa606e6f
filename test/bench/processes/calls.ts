/**
 * What one process of the benchmark may ask of another: calls by name, one answer each, in structured
 * clones over the channel of `fork`. Control only: nothing that is measured passes through here.
 */

/** The arguments of a call: one, or none. */
export type ArgsOf<C, N extends keyof C> = C[N] extends () => unknown
  ? []
  : C[N] extends (input: infer I) => unknown
    ? [input: I]
    : never
export type OutputOf<C, N extends keyof C> = C[N] extends (input: never) => infer O
  ? Awaited<O>
  : never

export interface Request {
  readonly id: number
  readonly name: string
  readonly input: unknown
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string }

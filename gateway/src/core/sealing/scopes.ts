/** The names of scopes: a noun and whose, `case:<uuid>`. Only nouns that stand here have keys of their own. */
export const scopeNouns = ['case', 'merchant', 'terminal', 'user'] as const
export type ScopeNoun = (typeof scopeNouns)[number]

export interface Scope {
  readonly noun: ScopeNoun
  /** In lower case, as a uuid is written. */
  readonly uuid: string
}

const isNoun = (text: string): text is ScopeNoun => (scopeNouns as readonly string[]).includes(text)

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const scopeText = ({ noun, uuid }: Scope): string => `${noun}:${uuid}`

/** Undefined where it names no scope. */
export const parseScope = (text: string): Scope | undefined => {
  const at = text.indexOf(':')
  const [noun, uuid] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  return isNoun(noun) && uuidPattern.test(uuid) ? { noun, uuid } : undefined
}

/** What went wrong between this node and its Redis, as an operator would say it. Never a password. */
export type FaultKind = 'waiting' | 'unreachable' | 'silent' | 'busy' | 'replica' | 'refused'

export interface Fault {
  readonly kind: FaultKind
  readonly words: string
}

export const unreachable = (words: string): Fault => ({ kind: 'unreachable', words })

const wordsMax = 200

/** The first word of an error reply, and what it means for whoever runs the node. */
const replies: Readonly<Record<string, Fault>> = {
  WRONGPASS: { kind: 'refused', words: 'refuses the user or the password that it was given' },
  NOAUTH: { kind: 'refused', words: 'wants a password and was given none' },
  NOPERM: { kind: 'refused', words: 'does not let this user do what is needed (ACL)' },
  DENIED: { kind: 'refused', words: 'is in protected mode: it wants a password' },
  LOADING: { kind: 'refused', words: 'is still loading its data' },
  OOM: { kind: 'refused', words: 'is full (maxmemory)' },
  READONLY: { kind: 'replica', words: 'is a replica: it takes no writes' },
  MASTERDOWN: { kind: 'refused', words: 'has lost its master' },
  CLUSTERDOWN: { kind: 'refused', words: 'is down in part: some of its slots have no master' },
  MISCONF: { kind: 'refused', words: 'takes no writes, since it cannot save to its disk' },
  NOREPLICAS: { kind: 'refused', words: 'takes no writes, since too few replicas follow it' },
  BUSY: { kind: 'refused', words: 'is busy with somebody’s long script' },
}

const codeOf = (error: Error): string | undefined => {
  const code: unknown = 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

/** A cluster's client says that none answered, and keeps why. */
const innermost = (error: Error): Error =>
  'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error

export const faultOf = (cause: unknown, secrets: readonly string[] = []): Fault => {
  const error = cause instanceof Error ? innermost(cause) : new Error(String(cause))
  const known = replies[/^[A-Z]+/.exec(error.message)?.[0] ?? '']
  if (known !== undefined) return known
  if (error.message.includes('without any password configured')) {
    return { kind: 'refused', words: 'has no password, and was given one' }
  }
  const code = codeOf(error)
  if (code !== undefined && /CERT|ISSUER|SIGNATURE/.test(code)) {
    return { kind: 'refused', words: `shows a certificate that is not trusted (${code})` }
  }
  if (code !== undefined) return unreachable(`cannot be reached (${code})`)
  let words = error.message
  for (const secret of secrets) words = words.replaceAll(secret, '…')
  return unreachable(`cannot be used: ${words.slice(0, wordsMax)}`)
}

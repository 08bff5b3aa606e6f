// A pack from text that anybody may have written: its shape and its limits, and nothing else. What it says is
// `verify-pack.ts`'s.
import { packFormat, packLimits, type EvidencePack, type ReadPack } from './pack.js'

type Rule = (value: unknown, at: string) => Fault | undefined

interface Fault {
  readonly field: string
  readonly rule: string
}

const fault = (field: string, rule: string): Fault => ({ field, rule })

const text: Rule = (value, at) =>
  typeof value === 'string' ? undefined : fault(at, 'must be text')
const count: Rule = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? undefined
    : fault(at, 'must be a whole number from 0')
const anything: Rule = () => undefined

const orNull =
  (rule: Rule): Rule =>
  (value, at) =>
    value === null ? undefined : rule(value, at)

const listOf =
  (rule: Rule, max: number): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return fault(at, 'must be a list')
    if (value.length > max) return fault(at, `must have at most ${String(max)} entries`)
    for (const [place, one] of value.entries()) {
      const found = rule(one, `${at}[${String(place)}]`)
      if (found !== undefined) return found
    }
    return undefined
  }

/** These members and no other. */
const members =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fault(at, 'must be an object')
    }
    const within = at === '' ? '' : `${at}.`
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(rules, name)) return fault(`${within}${name}`, 'is no member of it')
    }
    for (const [name, rule] of Object.entries(rules)) {
      const found = rule((value as Readonly<Record<string, unknown>>)[name], `${within}${name}`)
      if (found !== undefined) return found
    }
    return undefined
  }

const vote = members({ login: text, decision: text, label: text, at: text })

const shape = members({
  format: (value, at) => (value === packFormat ? undefined : fault(at, `must be ${packFormat}`)),
  madeAt: text,
  case: members({
    ...{ id: text, sn: text, bindingId: text, bindingEpoch: count, acquirerCode: text },
    ...{ mid: text, tid: text, reason: text, state: text, confirmedHow: orNull(text) },
    ...{ openedAt: text, endedAt: orNull(text) },
  }),
  commands: listOf(
    members({ id: text, body: orNull(text), proceedBody: orNull(text) }),
    packLimits.commandsMax,
  ),
  approvals: listOf(
    members({
      ...{ id: text, maker: text, subject: text, approversNeeded: count },
      votes: listOf(vote, packLimits.votesMax),
    }),
    packLimits.approvalsMax,
  ),
  certificates: listOf(text, packLimits.certificatesMax),
  events: listOf(
    members({
      ...{ id: count, at: text, kind: text, actor: text, data: anything },
      ...{ evidence: orNull(text), sn: orNull(text), commandId: orNull(text) },
      ...{ bindingId: orNull(text), caseId: orNull(text), index: count },
      path: listOf(text, packLimits.pathHashesMax),
    }),
    packLimits.eventsMax,
  ),
  checkpoint: text,
  keys: members({ checkpoint: orNull(text), ca: text }),
})

export const readPack = (source: string): ReadPack => {
  if (source.length > packLimits.lettersMax) {
    return { ok: false, ...fault('', `must have at most ${String(packLimits.lettersMax)} letters`) }
  }
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    return { ok: false, ...fault('', 'must be JSON') }
  }
  const found = shape(value, '')
  return found === undefined ? { ok: true, pack: value as EvidencePack } : { ok: false, ...found }
}

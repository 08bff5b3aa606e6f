import { readFileSync } from 'node:fs'
import {
  fromBase64,
  readPack,
  toBase64,
  verifyPack,
  type EvidencePack,
  type PackKeys,
} from '@tillgate/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { nodePrimitives } from './primitives.js'
import { readIssued } from './read-issued.js'

/** Of a real case of the demo: settled, approved, erased, proved, deregistered. */
const source = readFileSync(new URL('../vectors/evidence-pack.json', import.meta.url), 'utf8')
const packOf = (text: string): EvidencePack => {
  const read = readPack(text)
  if (!read.ok) throw new Error(`${read.field} ${read.rule}`)
  return read.pack
}
const pack = packOf(source)
/** As they were written down elsewhere. */
const keys: PackKeys = { checkpoint: pack.keys.checkpoint, ca: pack.keys.ca }

const verify = (of: EvidencePack, by: PackKeys = keys) =>
  verifyPack(nodePrimitives, of, by, readIssued)
const wrongIn = (of: EvidencePack, by?: PackKeys): readonly string[] =>
  verify(of, by).findings.flatMap(({ check, is }) => (is === 'wrong' ? [check] : []))

const without = (...kinds: readonly string[]): EvidencePack => ({
  ...pack,
  events: pack.events.filter(({ kind }) => !kinds.includes(kind)),
})
const changing = (
  kind: string,
  change: (event: EvidencePack['events'][number]) => object,
): EvidencePack => ({
  ...pack,
  events: pack.events.map((event) =>
    event.kind === kind ? { ...event, ...change(event) } : event,
  ),
})
const flipped = (encoded: string | null): string => {
  const bytes = fromBase64(encoded ?? '') ?? new Uint8Array(1)
  const copy = Uint8Array.from(bytes)
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1
  return toBase64(copy)
}
const [approval] = pack.approvals
const subjectWith = (change: (subject: { targets: object[] }) => void): EvidencePack => {
  const subject = JSON.parse(approval?.subject ?? '') as { targets: object[] }
  change(subject)
  const changed = { ...approval!, subject: JSON.stringify(subject) }
  return { ...pack, approvals: [changed] }
}

test('a whole case is attested, and never called more than that', () => {
  const { verdict, findings } = verify(pack)
  expect(findings.filter(({ is }) => is !== 'ok')).toEqual([])
  expect(verdict).toBe('attested')
})

describe('what was changed is found', () => {
  test.each<[string, EvidencePack, readonly string[]]>([
    ['another actor', changing('case.approved', () => ({ actor: 'x' })), ['entries']],
    [
      'another time',
      changing('case.closed', () => ({ at: '2020-01-01T00:00:00.000Z' })),
      ['entries'],
    ],
    [
      'another place',
      changing('case.opened', ({ index }) => ({ index: index + 1 })),
      ['entries', 'belongs'],
    ],
    [
      'a shorter path',
      changing('case.opened', ({ path }) => ({ path: path.slice(1) })),
      ['entries'],
    ],
    [
      'a byte of the proof',
      changing('command.attested', ({ evidence }) => ({ evidence: flipped(evidence) })),
      ['entries', 'proof', 'closed'],
    ],
    [
      'an event of another',
      changing('case.opened', () => ({ caseId: null })),
      ['entries', 'belongs'],
    ],
    ['no events', { ...pack, events: [] }, ['belongs', 'proof', 'closed']],
    ['no proof', without('command.attested'), ['proof', 'closed']],
    ['no answer of the host', without('command.tid_blocked'), ['tid-blocked-first']],
    ['no Ready', without('command.ready'), ['ready']],
    ['no end', without('case.closed'), ['closed']],
    [
      'one terminal more in the list',
      subjectWith(({ targets }) => targets.push({ sn: 'X', binding: 'y', epoch: 1 })),
      ['approval', 'second-person'],
    ],
    ['no list', { ...pack, approvals: [] }, ['approval', 'second-person']],
    [
      'the maker’s own vote',
      {
        ...pack,
        approvals: [
          { ...approval!, votes: approval!.votes.map((v) => ({ ...v, login: approval!.maker })) },
        ],
      },
      ['second-person'],
    ],
    [
      'another epoch',
      { ...pack, case: { ...pack.case, bindingEpoch: 9 } },
      ['approval', 'proof', 'closed'],
    ],
    [
      'another terminal',
      { ...pack, case: { ...pack.case, sn: 'OTHER' } },
      ['belongs', 'approval', 'proof', 'closed'],
    ],
    [
      'another Proceed',
      {
        ...pack,
        commands: pack.commands.map((one) => ({ ...one, proceedBody: flipped(one.proceedBody) })),
      },
      ['proof', 'closed'],
    ],
    ['no certificate', { ...pack, certificates: [] }, ['proof', 'closed']],
    [
      'another head',
      { ...pack, checkpoint: pack.checkpoint.replace(/\d\d\n/, '91\n') },
      ['checkpoint', 'entries'],
    ],
  ])('%s', (_, changed, wrong) => {
    expect(wrongIn(changed)).toEqual(wrong)
    expect(verify(changed).verdict).toBe('invalid')
  })

  test('under keys of somebody else', () => {
    const other = 'other+00000000+AAAA'
    expect(wrongIn(pack, { ...keys, checkpoint: other })).toEqual(['checkpoint', 'entries'])
    expect(wrongIn(pack, { ...keys, checkpoint: null })).toEqual(['checkpoint', 'entries'])
    expect(wrongIn(pack, { ...keys, ca: '' })).toEqual(['proof', 'closed'])
  })
})

test('a case that claims no erase is unproven, and nothing is wrong with it', () => {
  const open: EvidencePack = {
    ...pack,
    case: { ...pack.case, state: 'AWAITING_APPROVAL', endedAt: null },
    events: pack.events.filter(({ kind }) => kind === 'case.opened'),
    commands: [],
    approvals: [],
  }
  const { verdict, findings } = verify(open)
  expect(findings.filter(({ is }) => is === 'wrong')).toEqual([])
  expect(verdict).toBe('unproven')
})

describe('a file of another shape is refused with its field', () => {
  const changed = (over: object): string => JSON.stringify({ ...pack, ...over })
  test.each([
    ['', 'no JSON'],
    ['', '[]'],
    ['format', changed({ format: 'tillgate-evidence/2' })],
    ['account', changed({ account: '6217' })],
    ['case.sn', changed({ case: { ...pack.case, sn: 7 } })],
    ['events[0].index', changed({ events: [{ ...pack.events[0], index: -1 }] })],
    ['certificates', changed({ certificates: Array.from({ length: 65 }, () => '') })],
    ['keys', changed({ keys: null })],
  ])('%s', (field, text) => {
    expect(readPack(text)).toMatchObject({ ok: false, field })
  })
})

test('whatever stands in it, a check never throws', () => {
  const places = ['id', 'at', 'evidence', 'commandId', 'caseId', 'sn'] as const
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...places), fc.string(), (at, name, text) => {
      const place = at % pack.events.length
      const value = name === 'id' ? text.length : text
      const events = pack.events.map((one, i) => (i === place ? { ...one, [name]: value } : one))
      verify({ ...pack, events })
    }),
    { numRuns: 60 },
  )
  fc.assert(fc.property(fc.json(), (text) => void readPack(text)))
})

/**
 * `tillgate evidence verify FILE`: checks the evidence of a case with nothing but public keys. Exit code 0 where
 * nothing is wrong; what it does not prove it says.
 */
import { readFileSync } from 'node:fs'
import { verifyEvidence as verify } from '@tillgate/gateway'
import { readPack, type EvidencePack, type VerifiedPack } from '@tillgate/protocol'

export interface VerifyEvidenceOptions {
  /** Files; the pack's own keys where they are left out. */
  readonly checkpointKey?: string
  readonly ca?: string
  readonly json: boolean
}

const marks = { ok: 'ok   ', wrong: 'WRONG', absent: '-    ' } as const

const verdicts = {
  attested: 'ATTESTED: the terminal has signed that it erased, and nothing here is wrong.',
  unproven: 'UNPROVEN: nothing here is wrong, and no erase is proved.',
  invalid: 'INVALID: something here is wrong.',
} as const

const limits = [
  'Who voted, and by which code, is the server’s word. That the keys are really gone is the terminal’s:',
  'an independent sign would be a depot’s or an inspector’s.',
]

const ownKeysNote =
  'KEYS TAKEN FROM THE PACK ITSELF: this shows that it fits together, not whose it is.'

const tableOf = (pack: EvidencePack, { verdict, findings }: VerifiedPack, isOwn: boolean) => {
  const { sn, mid, tid, reason, state, openedAt, endedAt } = pack.case
  const width = Math.max(...findings.map(({ check }) => check.length))
  return [
    '',
    `  ${sn} taken from ${mid} / ${tid}: ${reason}, ${state}`,
    `  ${openedAt} – ${endedAt ?? 'still open'}`,
    '',
    ...findings.map(({ check, is, says }) => `  ${marks[is]}  ${check.padEnd(width)}  ${says}`),
    '',
    `  ${verdicts[verdict]}`,
    ...limits.map((line) => `  ${line}`),
    ...(isOwn ? ['', `  ${ownKeysNote}`] : []),
    '',
  ].join('\n')
}

export const verifyEvidence = (file: string, options: VerifyEvidenceOptions): void => {
  const read = readPack(readFileSync(file, 'utf8'))
  if (!read.ok) throw new Error(`${file}: ${read.field} ${read.rule}`.replace(':  ', ': '))
  const { pack } = read
  const { checkpointKey, ca, json } = options
  const keys = {
    checkpoint:
      checkpointKey === undefined ? pack.keys.checkpoint : readFileSync(checkpointKey, 'utf8'),
    ca: ca === undefined ? pack.keys.ca : readFileSync(ca, 'utf8'),
  }
  const isOwn = checkpointKey === undefined || ca === undefined
  const verified = verify(pack, keys)
  process.stdout.write(
    json
      ? `${JSON.stringify({ case: pack.case.id, ...verified, keysFromPack: isOwn })}\n`
      : tableOf(pack, verified, isOwn),
  )
  if (verified.verdict === 'invalid') process.exitCode = 1
}

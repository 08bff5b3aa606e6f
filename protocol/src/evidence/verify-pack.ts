// The checks of a pack, one after the other, and one word for all of it (I8): *attested*, a valid proof of the
// terminal stands behind it; *unproven*, nothing is wrong and no erase is proved; *invalid*. It never says
// *verified*: no independent sign is in a pack.
import type { Primitives } from '../crypto/primitives.js'
import { absent, ok, type Finding } from './findings.js'
import { entriesBelong, entriesStand, headOf } from './ledger-checks.js'
import type { EvidencePack } from './pack.js'
import { approvalFindings, blockedFirst, closedFinding } from './people-checks.js'
import {
  erasureOf,
  proceedsOf,
  proofFindings,
  readyFinding,
  wordsOf,
  type ReadIssued,
} from './terminal-checks.js'

export interface PackKeys {
  /** A verifier key (c2sp.org/signed-note). */
  readonly checkpoint: string | null
  /** PEM; several one after another. */
  readonly ca: string
}

export type PackVerdict = 'attested' | 'unproven' | 'invalid'

export interface VerifiedPack {
  readonly verdict: PackVerdict
  readonly findings: readonly Finding[]
}

const claimsProof: ReadonlySet<string> = new Set(['CLOSED', 'PROVEN', 'DEREGISTERING'])

export const verifyPack = (
  p: Primitives,
  pack: EvidencePack,
  keys: PackKeys,
  readIssued: ReadIssued,
): VerifiedPack => {
  const { finding, head } = headOf(p, pack, keys.checkpoint)
  const words = wordsOf(p, pack, keys.ca, readIssued)
  const proceeds = proceedsOf(p, pack)
  const erasure = erasureOf(pack, words, proceeds)
  const findings: readonly Finding[] = [
    finding,
    entriesStand(p, pack, head),
    entriesBelong(pack),
    ...approvalFindings(p, pack),
    readyFinding(words, erasure),
    blockedFirst(pack),
    proceeds.length > 0
      ? ok('proceed', 'the point of no return, as the gateway committed it')
      : absent('proceed', 'nothing went over the point of no return'),
    ...proofFindings(words, erasure, claimsProof.has(pack.case.state)),
    closedFinding(pack, erasure !== undefined),
  ]
  const isWrong = findings.some(({ is }) => is === 'wrong')
  const verdict = isWrong ? 'invalid' : erasure === undefined ? 'unproven' : 'attested'
  return { verdict, findings }
}

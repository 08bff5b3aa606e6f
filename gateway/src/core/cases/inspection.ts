/**
 * What somebody who has the terminal of a forced close in his hands may find (domain §6.1, T2 and T4): an erase
 * by hand, with the depot's certificate; or that it was tampered with. It claims no proof of the terminal's: the
 * case stays CLOSED_UNPROVEN.
 */
import type { DocumentKindName } from '../documents/kinds.js'
import type { TerminalState } from '../terminals/states.js'

export const findings = ['erased', 'tampered'] as const
export type Finding = (typeof findings)[number]

/** The paper that shows it; kept with the case by somebody else. */
export const findingPapers: Readonly<Record<Finding, DocumentKindName>> = {
  erased: 'erasure-certificate',
  tampered: 'inspection-photo',
}

/** Where it leads the terminal; undefined where nothing can be found any more. */
export const afterFinding = (state: TerminalState, finding: Finding): TerminalState | undefined => {
  switch (state) {
    case 'UNPROVEN':
    case 'LOST':
      return finding === 'erased' ? 'IN_STOCK' : 'TAMPERED'
    case 'TAMPERED':
      // It gets no key before it was repaired, erased or not.
      return finding === 'erased' ? 'TAMPERED' : undefined
    default:
      return undefined
  }
}

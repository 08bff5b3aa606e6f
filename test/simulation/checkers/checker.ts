/**
 * A checker holds one rule over everything that a world shows. It keeps its own picture, made from what
 * it saw and never asked of the product, and says in words what broke the rule.
 */
import type { CommandView } from '@tillgate/gateway'

import type { Observed } from '../observed.js'
import type { SimulatedHost } from '../world/host.js'
import type { SimulatedTerminal } from '../world/terminals.js'
import type { LedgerModel } from './ledger-model.js'

/** What a checker may look at besides, when everything has come to rest. */
export interface AtRest {
  readonly commands: readonly CommandView[]
  readonly terminals: readonly SimulatedTerminal[]
  readonly host: SimulatedHost
  /** What had not come to rest within the bound; empty where everything had. */
  readonly unrest: readonly string[]
  /** The last sale of each terminal, tried when all was quiet: its outcome. */
  readonly lastSales: ReadonlyMap<string, string>
}

export type Say = (violation: string) => void

/** What a checker may ask at any time: the terminals, the host, and the picture made of the writes. */
export interface Around {
  readonly terminals: ReadonlyMap<string, SimulatedTerminal>
  readonly host: SimulatedHost
  /** While an operation is being told, as it was before it. */
  readonly ledger: LedgerModel
  /** Between the terminals and the gateway: a listener's promises are more than a broker's. */
  readonly link: 'listener' | 'broker'
}

export interface Watch {
  seen?(what: Observed): void
  atRest?(rest: AtRest): void
}

export interface Checker {
  /** Of the invariant, or of the rule. */
  readonly name: string
  /** The rule in one sentence. */
  readonly rule: string
  begin(say: Say, around: Around): Watch
}

/**
 * The switch at work: state, file and machine together, without a socket. One request is decided
 * and applied in one go; its answer waits until everything that it rests on is on the disk. What
 * cannot be made durable is not answered at all (`HostFileError`): the outcome is then unknown.
 */
import { decideCall, decideRegister } from './calls.js'
import type { CallResult, RegisterResult, TidCall } from './calls.js'
import { applyRecord } from './apply.js'
import { refuse, responseOf } from './decision.js'
import type { Decision } from './decision.js'
import type { HostJournal } from './host-file.js'
import { hostTotals, ledgerOf } from './ledger.js'
import type { HostTotals, TidLedger } from './ledger.js'
import type { HostPort, HostRequest, HostResponse, RefusalCode, TidName } from './messages.js'
import type { HostRecord } from './records.js'
import { tidKey } from './state.js'
import type { HostState } from './state.js'
import { decideRequest } from './switch-machine.js'
import { terminalMasterKey, workingKeyRandomBytes } from './working-keys.js'
import type { KeyCrypto } from './working-keys.js'
import type { Clock, Entropy } from '../system/system.js'

export interface SwitchOptions {
  readonly state: HostState
  readonly journal: HostJournal
  readonly crypto: KeyCrypto
  readonly manufactureKey: Uint8Array
  readonly clock: Clock
  readonly entropy: Entropy
}

export interface Switch {
  /** Rejects with `HostFileError` alone. */
  handle(request: HostRequest): Promise<HostResponse>
  /** An answer that a test ordered: nothing is decided, nothing recorded. */
  refuseUnread(request: HostRequest, code: RefusalCode): HostResponse
  call(call: TidCall): Promise<CallResult>
  register(name: TidName, sn: string): Promise<RegisterResult>
  ledger(name: TidName): TidLedger | undefined
  ledgers(): TidLedger[]
  totals(): HostTotals
  /** What it says now is on the disk, once this resolves. */
  durable(): Promise<void>
}

const clogged: Decision = refuse('96', 'too much waits for the disk')

export const createSwitch = (options: SwitchOptions): Switch => {
  const { state, journal, crypto, manufactureKey, clock, entropy } = options
  const masterKeyOf = (sn: string): Uint8Array => terminalMasterKey(crypto, manufactureKey, sn)
  const keyRandom = (): Uint8Array => entropy.bytes(workingKeyRandomBytes)

  const commit = (records: readonly HostRecord[]): Promise<void> => {
    for (const record of records) applyRecord(state, record)
    return journal.append(records)
  }

  return {
    handle: async (request) => {
      const nowMs = clock.now()
      const inputs = { nowMs, crypto, masterKeyOf, keyRandom }
      const decision = journal.isClogged() ? clogged : decideRequest(state, request, inputs)
      await commit(decision.records)
      return responseOf(request.trace, nowMs, decision.verdict)
    },
    refuseUnread: (request, code) =>
      responseOf(request.trace, clock.now(), refuse(code, 'as a test ordered').verdict),
    call: async (call) => {
      const { result, records } = decideCall(state, call, clock.now())
      await commit(records)
      return result
    },
    register: async (name, sn) => {
      const { result, records } = decideRegister(state, name, sn, clock.now())
      await commit(records)
      return result
    },
    ledger: (name) => {
      const tid = state.tids.get(tidKey(name))
      return tid === undefined ? undefined : ledgerOf(tid)
    },
    ledgers: () => [...state.tids.values()].map(ledgerOf),
    totals: () => hostTotals(state),
    durable: () => journal.append([]),
  }
}

/** The switch as a terminal's port, in one process and without a network. */
export const inProcessPort = (theSwitch: Switch): HostPort => ({
  exchange: async (request) => {
    try {
      return await theSwitch.handle(request)
    } catch {
      // Only the file throws here, and then nobody knows whether the effect is durable.
      return { ok: false, code: 'unreachable' }
    }
  },
})

/**
 * Sessions of other nodes whose uplinks come to this one, because a broker spreads them over all nodes:
 * made from the terminal's row, remembered for a moment, never dispatched to. A visit authenticates,
 * makes durable and receipts; whoever owns the lane is told to look.
 * It must never refuse what merely comes late or twice.
 */
import { toHex, type Envelope } from '@tillgate/protocol'

import { newLane } from '../lanes/lane.js'
import { coreLimits } from '../limits.js'
import type { LinkSession } from '../ports/link.js'
import type { Records } from '../ports/records.js'
import type { SessionKeys } from '../ports/session-keys.js'
import type { Verifier } from '../ports/signing.js'
import type { DurationMs } from '../ports/system.js'
import type { TerminalRow } from '../records/tables.js'
import { newSession, type Greeting } from '../sessions/session.js'
import type { GreetedSession } from '../uplinks/context.js'
import {
  enterByKid,
  enterBySession,
  readTerminal,
  type DoorPorts,
  type Entry,
  type KnownTerminal,
} from './known-terminal.js'

type Auth = NonNullable<Envelope['auth']>

export interface VisitPorts extends DoorPorts {
  readonly records: Records
  readonly verifier: Verifier
  readonly sessionKeys: SessionKeys
  link(entry: Entry & { ok: true }): LinkSession
}

export interface Visit {
  readonly session: GreetedSession
  /** The records say that this session is over; it speaks all the same. */
  readonly isOver: boolean
}

/** No session that this could belong to; `terminal` where there is one at all. */
export interface NoVisit {
  readonly session: undefined
  readonly code: 'UNKNOWN_SESSION' | 'CERTIFICATE_UNKNOWN' | (Entry & { ok: false })['code']
  readonly terminal: TerminalRow | undefined
}

interface Kept {
  readonly visit: Visit
  readonly readAt: DurationMs
}

const noKey = new Uint8Array(0)

export class Visits {
  readonly #ports: VisitPorts
  readonly #kept = new Map<string, Kept>()

  constructor(ports: VisitPorts) {
    this.#ports = ports
  }

  async of(sn: string, auth: Auth): Promise<Visit | NoVisit> {
    const key = `${sn} ${auth.kind === 'mac' ? toHex(auth.sessionId) : toHex(auth.kid)}`
    const now = this.#ports.clock.monotonic()
    const kept = this.#kept.get(key)
    if (kept !== undefined && now - kept.readAt < coreLimits.visitFreshMs) return kept.visit
    this.#kept.delete(key)
    const known = await readTerminal(this.#ports.records, sn)
    if (known === undefined) {
      return { session: undefined, code: 'CERTIFICATE_UNKNOWN', terminal: undefined }
    }
    const visit = this.#visit(known, auth)
    if (visit.session === undefined) return visit
    this.#keep(key, { visit, readAt: now })
    return visit
  }

  /** Its row is not what it was. */
  forget(session: GreetedSession): void {
    for (const [key, { visit }] of this.#kept) {
      if (visit.session === session) this.#kept.delete(key)
    }
  }

  /** The oldest gives way. */
  #keep(key: string, kept: Kept): void {
    if (this.#kept.size >= coreLimits.visitsMax) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest)
        break
      }
    }
    this.#kept.set(key, kept)
  }

  #visit(known: KnownTerminal, auth: Auth): Visit | NoVisit {
    const { verifier } = this.#ports
    const { terminal } = known
    const refused = (code: NoVisit['code']): NoVisit => ({ session: undefined, code, terminal })
    const greeting = this.#greeting(terminal, auth)
    if (greeting === undefined) return refused('UNKNOWN_SESSION')
    const entry =
      auth.kind === 'mac'
        ? enterBySession(this.#ports, known)
        : enterByKid(this.#ports, known, auth.kid)
    if (!entry.ok) return refused(entry.code)
    const isSigned = auth.kind === 'signature'
    const deviceKey = isSigned ? verifier.importKey(entry.admission.spki) : undefined
    const session = newSession(this.#ports.link(entry), deviceKey, true)
    session.greeting = greeting
    return { session: session as GreetedSession, isOver: terminal.sessionEndedMs !== null }
  }

  /** As the row names it; under a signature the lane's fencing number is what counts. */
  #greeting(terminal: TerminalRow, auth: Auth): Greeting | undefined {
    const { sn, sessionId, sessionNonce, sessionKey, fence, assetEpoch, bindingEpoch } = terminal
    if (sessionId === null || sessionNonce === null) return undefined
    const lane = newLane({
      terminalId: terminal.id,
      fence,
      seqFirst: 1,
      seqLast: 0,
      assetEpoch,
      bindingEpoch,
    })
    if (auth.kind === 'signature') return { nonce: sessionNonce, sessionId, macKey: noKey, lane }
    if (sessionKey === null || !this.#ports.digest.equal(auth.sessionId, sessionId)) {
      return undefined
    }
    const macKey = this.#ports.sessionKeys.open({ sn, sessionId }, sessionKey)
    return macKey && { nonce: sessionNonce, sessionId, macKey, lane }
  }
}

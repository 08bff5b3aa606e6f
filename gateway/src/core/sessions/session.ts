/**
 * A terminal's session as the core holds it: from SUBSCRIBE through Hello to the end of its connection.
 * Memory only; what must outlive it is in the terminal's row.
 */
import type { PublicKeyHandle } from '@tillgate/protocol'

import type { Lane } from '../lanes/lane.js'
import type { LinkSession } from '../ports/link.js'
import type { TimerHandle } from '../ports/system.js'

/** What a Hello and its Welcome have agreed. */
export interface Greeting {
  readonly nonce: Uint8Array
  readonly sessionId: Uint8Array
  readonly macKey: Uint8Array
  readonly lane: Lane
}

export interface Session {
  readonly link: LinkSession
  readonly terminalId: number
  readonly sn: string
  readonly certificateId: number
  /** Undefined where only MACs are looked at. */
  readonly deviceKey: PublicKeyHandle | undefined
  /**
   * It runs over a broker, which repeats and reorders: whatever is authentic counts whenever it comes, and
   * neither a counter nor an uplink sequence makes it too late.
   */
  readonly brokered: boolean
  /** Absent until a Hello was made durable. */
  greeting: Greeting | undefined
  /** While a Hello is being handled: what comes behind it waits here. */
  greetingUnderWay: Promise<void> | undefined
  /** The highest MAC counter accepted under the greeting. */
  macCounter: number
  /** Of Heartbeat, Accepted, Progress only a newer one counts. */
  newestUplinkSeq: number
  /** Uplinks that no handler has finished with. */
  uplinksUnderWay: number
  helloTimer: TimerHandle | undefined
  closed: boolean
}

export const newSession = (
  link: LinkSession,
  deviceKey: PublicKeyHandle | undefined,
  brokered = false,
): Session => ({
  link,
  terminalId: link.terminalId,
  sn: link.sn,
  certificateId: link.admission.certificateId,
  deviceKey,
  brokered,
  greeting: undefined,
  greetingUnderWay: undefined,
  macCounter: 0,
  newestUplinkSeq: 0,
  uplinksUnderWay: 0,
  helloTimer: undefined,
  closed: false,
})

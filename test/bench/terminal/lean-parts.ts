/** What a terminal of the benchmark is made of, and how it dials. */
import type { SecureContext } from 'node:tls'

import type { PrivateKeyHandle, UplinkMessage } from '@tillgate/protocol'

import type { Tally } from './tally.js'
import type { Trust } from './trust.js'

export interface LeanParts {
  readonly sn: string
  readonly key: PrivateKeyHandle
  readonly context: SecureContext
  readonly trust: Trust
  readonly tally: Tally
  /** Every uplink is signed, evidence or not. */
  readonly signsAll: () => boolean
  readonly failed: (error: Error) => void
}

export interface DialOptions {
  readonly port: number
  /** With the ticket of the last session. */
  readonly resume: boolean
}

export interface Proved {
  readonly commandId: Uint8Array
  readonly hash: Uint8Array
  readonly proof: UplinkMessage
}

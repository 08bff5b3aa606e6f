/**
 * The session machine run by hand: inputs one after another, effects gathered, no socket and no clock. What
 * the tests of this folder stand on.
 */
import { expect } from 'vitest'
import { listenerLimits as limits } from '../../../gateway/src/adapters/link/listener/limits.js'
import type {
  Connect,
  InboundPacket,
  MqttVersion,
} from '../../../gateway/src/adapters/link/listener/packets/inbound.js'
import {
  firstState,
  transition,
} from '../../../gateway/src/adapters/link/listener/session/session-machine.js'
import type {
  SessionEffect,
  SessionInput,
  SessionState,
} from '../../../gateway/src/adapters/link/listener/session/session-state.js'

export const sn = 'SN-1'
export const admitted = {
  ok: true,
  sn,
  terminalId: 1,
  certificateId: 1,
  spki: new Uint8Array(0),
  notAfterMs: 1,
} as const

export const versions: readonly MqttVersion[] = [4, 5]

/** Runs inputs one after another and gathers what they ask for. */
export class Run {
  state: SessionState = firstState
  effects: SessionEffect[] = []
  at = 1_000

  input(input: SessionInput): this {
    const step = transition(this.state, input, this.at, limits)
    this.state = step.state
    this.effects.push(...step.effects)
    return this
  }

  packet(packet: InboundPacket): this {
    return this.input({ kind: 'packet', packet })
  }

  /** What has been asked for since it was last taken. */
  take(): SessionEffect[] {
    return this.effects.splice(0)
  }

  written(): unknown[] {
    return this.take().flatMap((effect) => (effect.do === 'write' ? [effect.packet] : []))
  }
}

export const connect = (version: MqttVersion, changes: Partial<Connect> = {}): Connect => ({
  cmd: 'connect',
  version,
  clientId: sn,
  keepAliveS: 60,
  will: undefined,
  sessionExpiryS: 0,
  receiveMaximum: 65_535,
  packetBytesMax: 2 ** 28,
  enhancedAuthentication: false,
  ...changes,
})

export const connected = (version: MqttVersion, changes: Partial<Connect> = {}): Run => {
  const run = new Run().packet(connect(version, changes))
  run.input({ kind: 'admission', admission: admitted })
  expect(run.state.phase).toBe('connected')
  run.take()
  return run
}

/**
 * The machine: `step(state, input, world) -> { state, effects }`. Pure: the same state, input and
 * world give the same outcome, and nothing outside is touched. Whoever calls it executes the effects
 * in their order (`runner/`), and gives it nothing while the power is off but a boot.
 */
import { onBoot } from './boot.js'
import { onSelfTestTimer } from './command/self-test.js'
import { onPacket } from './downlink/receive.js'
import type { Effect } from './effect.js'
import type { Input, TimerName, World } from './input.js'
import { onKeyMade } from './renew/renew.js'
import { connect, onConnected, onDisconnected } from './session/connect.js'
import { onHeartbeatTimer } from './session/heartbeat.js'
import { sayHello } from './session/hello.js'
import type { TerminalState } from './state.js'
import { onHostAnswered, onHostRetryTimer } from './till/answers.js'
import { onErrandTimer } from './till/errand.js'
import { onOfflineSale, onSale, onSettlement } from './till/sale.js'
import { Turn } from './turn.js'
import { onEraseTimer } from './unbind/erase.js'
import { onPostpone, onPrepareTimer } from './unbind/give-up.js'
import { onAnswer } from './unbind/answer.js'
import { startOffline } from './unbind/offline.js'
import { cancelOffline, onLeaseTimer } from './unbind/release.js'
import { onAcknowledged } from './uplink/outbox.js'

export interface Step {
  readonly state: TerminalState
  readonly effects: readonly Effect[]
}

const timers: Readonly<Record<TimerName, (turn: Turn) => void>> = {
  reconnect: connect,
  welcome: sayHello,
  heartbeat: onHeartbeatTimer,
  errand: onErrandTimer,
  'host-retry': onHostRetryTimer,
  prepare: onPrepareTimer,
  lease: onLeaseTimer,
  erase: onEraseTimer,
  'self-test': onSelfTestTimer,
}

const handle = (turn: Turn, input: Input): void => {
  switch (input.kind) {
    case 'boot':
      return onBoot(turn, input.chance, input.identity)
    case 'timer':
      return timers[input.name](turn)
    case 'connected':
      return onConnected(turn)
    case 'disconnected':
      return onDisconnected(turn)
    case 'packet':
      onPacket(turn, input.payload)
      return turn.say({ kind: 'puback', token: input.token })
    case 'acknowledged':
      return onAcknowledged(turn, input.token)
    case 'host-answered':
      return onHostAnswered(turn, input.requestId, input.answer)
    case 'key-made':
      return onKeyMade(turn, input.identity, input.csr)
    case 'sale':
      return onSale(turn, input.saleId, input.amountMinor)
    case 'offline-sale':
      return onOfflineSale(turn, input.saleId, input.amountMinor)
    case 'settlement':
      return onSettlement(turn)
    case 'postpone':
      return onPostpone(turn)
    case 'unbind-offline':
      return startOffline(turn)
    case 'cancel-offline':
      return cancelOffline(turn)
    case 'read-answer':
      return onAnswer(turn, input.frames)
    case 'battery':
      return turn.set({ batteryPercent: input.percent })
    case 'flash':
      return turn.set({ flashFull: input.isFull })
    default:
      return input satisfies never
  }
}

export const step = (state: TerminalState, input: Input, world: World): Step => {
  if (state.boot === undefined && input.kind !== 'boot') return { state, effects: [] }
  const turn = new Turn(state, world)
  handle(turn, input)
  turn.sync()
  return { state: turn.state, effects: turn.effects }
}

/**
 * The command service: what the API may ask about commands. It reads, submits one operation, nudges a
 * loop and answers what was committed. Where a terminal is connected here and its lane idle, the claim
 * goes with the order in one commit and the attempt is handed to the dispatch loop; if that hand-over is
 * lost, the sweep finds the claim.
 */
import {
  commandTypeNumber,
  encodePayload,
  isDestructive,
  uuidFromText,
  uuidToText,
  type CommandPayload,
  type ErrorCode,
} from '@tillgate/protocol'

import { commandBody } from '../downlinks/bodies.js'
import { coreLimits } from '../limits.js'
import type { GreetedSession, LaneSteps } from '../loops/lane-steps.js'
import type { OfferedClaim } from '../operations/command-row.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, Ids } from '../ports/system.js'
import type { BindingRow, TerminalRow } from '../records/tables.js'
import type { SessionRegistry } from '../sessions/registry.js'
import type {
  Answer,
  CommandService,
  CommandWithLedger,
  OrderBinding,
  OrderCommand,
  Refusal,
} from './command-service.js'

export interface CommandServicePorts {
  readonly records: Records
  readonly sessions: SessionRegistry
  readonly steps: LaneSteps
  readonly digest: Digest
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  nudgeLane(terminalId: number): void
  nudgeHost(): void
  nudgeReaders(): void
}

const refusal = (code: ErrorCode, field?: string, detail?: string): Refusal => ({
  ok: false,
  code,
  ...(field === undefined ? {} : { field }),
  ...(detail === undefined ? {} : { detail }),
})

const lifetimeOf = (ms: number | undefined): number =>
  Math.min(ms ?? coreLimits.commandLifetimeMsDefault, coreLimits.commandLifetimeMsMax)

interface Prepared {
  readonly uuid: Uint8Array
  readonly type: number
  readonly payload: Uint8Array
  readonly notAfterMs: number
  readonly atMs: number
}

interface Offer {
  readonly session: GreetedSession
  readonly claim: OfferedClaim
}

export const createCommandService = (ports: CommandServicePorts): CommandService => {
  const { records, sessions, steps, digest, clock, ids } = ports

  const prepare = (payload: CommandPayload, expiresInMs: number | undefined): Prepared => {
    const atMs = clock.now()
    return {
      uuid: ids.next(),
      type: commandTypeNumber(payload.type),
      payload: encodePayload(payload),
      notAfterMs: atMs + lifetimeOf(expiresInMs),
      atMs,
    }
  }

  /** A claim made ready, where this terminal's lane is ours, idle, and the command harmless. */
  const offer = async (terminalId: number, order: Prepared): Promise<Offer | undefined> => {
    if (isDestructive(order.type)) return undefined
    const session = sessions.greeted(terminalId)
    if (session === undefined) return undefined
    const { lane, nonce } = session.greeting
    if (lane.working || lane.open >= coreLimits.commandsInFlightMax) return undefined
    const seq = await steps.nextSeq(session)
    if (seq === undefined) return undefined
    const { assetEpoch, bindingEpoch } = lane
    const body = commandBody(
      { sn: session.sn, ids },
      { ...order, approvalHash: null },
      { seq, assetEpoch, bindingEpoch, issuedAtMs: order.atMs, sessionNonce: nonce },
    )
    return {
      session,
      claim: {
        fence: lane.fence,
        seq,
        body,
        bodyHash: digest.sha256(body),
        attemptNonce: nonce,
        assetEpoch,
        bindingEpoch,
      },
    }
  }

  /** The attempt is durable: to the dispatch loop's hands, without waiting for them. */
  const handOver = ({ session, claim }: Offer, order: Prepared, commandId: number): void => {
    session.greeting.lane.open += 1
    steps
      .send(session, {
        commandId,
        uuid: order.uuid,
        type: order.type,
        kind: 'command',
        purpose: 'ordinary',
        body: claim.body,
        seq: claim.seq,
      })
      .catch((error: unknown) => {
        ports.log.warn('a claimed command waits for its signature', { error: String(error) })
      })
  }

  const liveBinding = async (terminalId: number): Promise<BindingRow | undefined> => {
    const [binding] = await records.read('bindings', { terminalId, live: 1, afterId: 0, limit: 1 })
    return binding
  }

  /** The binding that an Unbind was made for; a refusal where the payload names another. */
  const bindingFor = async (
    terminal: TerminalRow,
    payload: CommandPayload,
  ): Promise<Answer<number | null>> => {
    if (payload.type !== 'Unbind') return { ok: true, value: null }
    const binding = await liveBinding(terminal.id)
    if (binding === undefined) return refusal('TERMINAL_NOT_BOUND', 'sn')
    return binding.mid === payload.mid && binding.tid === payload.tid
      ? { ok: true, value: binding.id }
      : refusal('CONFLICT', 'sn', 'the terminal is bound to another merchant by now')
  }

  const order = async (request: OrderCommand): Promise<Answer<{ readonly uuid: Uint8Array }>> => {
    const { payload, actor, idempotency } = request
    if (payload.type === 'Bind') return refusal('VALIDATION', 'type', 'Bind comes with a binding')
    const terminal = await records.read('terminal-by-sn', { sn: request.sn })
    if (terminal === undefined) return refusal('NOT_FOUND', 'sn')
    const binding = await bindingFor(terminal, payload)
    if (!binding.ok) return binding
    const prepared = prepare(payload, request.expiresInMs)
    const offered = await offer(terminal.id, prepared)
    const result = await records.submit('order-command', {
      ...prepared,
      publicId: uuidToText(prepared.uuid),
      terminalId: terminal.id,
      destructive: isDestructive(prepared.type) ? 1 : 0,
      bindingId: binding.value,
      actor,
      ...(idempotency === undefined ? {} : { idempotency }),
      ...(offered === undefined ? {} : { claim: offered.claim }),
    })
    if (!result.ok) return refusal(result.code, result.code === 'NOT_FOUND' ? 'sn' : undefined)
    if (result.claimed && offered !== undefined) handOver(offered, prepared, result.commandId)
    else ports.nudgeLane(terminal.id)
    ports.nudgeReaders()
    const uuid = uuidFromText(result.publicId)
    if (uuid === undefined) throw new Error('an order was answered with something that is no uuid')
    return { ok: true, value: { uuid } }
  }

  const bind = async (
    request: OrderBinding,
  ): Promise<Answer<{ readonly bindingUuid: Uint8Array; readonly commandUuid: Uint8Array }>> => {
    const terminal = await records.read('terminal-by-sn', { sn: request.sn })
    if (terminal === undefined) return refusal('NOT_FOUND', 'sn')
    const merchant = await records.read('merchant-by-uuid', { uuid: request.merchantUuid })
    if (merchant === undefined) return refusal('NOT_FOUND', 'merchantId')
    const store =
      request.storeUuid === undefined
        ? undefined
        : await records.read('store-by-uuid', { uuid: request.storeUuid })
    if (request.storeUuid !== undefined && store?.merchantId !== merchant.id) {
      return refusal('NOT_FOUND', 'storeId')
    }
    const prepared = prepare(
      {
        type: 'Bind',
        acquirerCode: merchant.acquirerCode,
        mid: merchant.mid,
        tid: request.tid,
        merchantName: merchant.name,
        storeId: store === undefined ? '' : uuidToText(store.uuid),
        keepKeys: false,
      },
      request.expiresInMs,
    )
    const bindingUuid = ids.next()
    const { uuid: commandUuid, payload, notAfterMs, atMs } = prepared
    const result = await records.submit('order-binding', {
      bindingUuid,
      bindingPublicId: uuidToText(bindingUuid),
      commandUuid,
      commandPublicId: uuidToText(commandUuid),
      terminalId: terminal.id,
      merchantId: merchant.id,
      storeId: store?.id ?? null,
      acquirerCode: merchant.acquirerCode,
      mid: merchant.mid,
      tid: request.tid,
      payload,
      paramsHash: digest.sha256(payload),
      notAfterMs,
      actor: request.actor,
      atMs,
      ...(request.idempotency === undefined ? {} : { idempotency: request.idempotency }),
    })
    if (!result.ok) return refusal(result.code)
    ports.nudgeLane(terminal.id)
    ports.nudgeReaders()
    return result.replayed
      ? replayedBinding(result.bindingPublicId)
      : { ok: true, value: { bindingUuid, commandUuid } }
  }

  const replayedBinding = async (
    publicId: string,
  ): Promise<Answer<{ readonly bindingUuid: Uint8Array; readonly commandUuid: Uint8Array }>> => {
    const bindingUuid = uuidFromText(publicId)
    const binding =
      bindingUuid === undefined
        ? undefined
        : await records.read('binding-by-uuid', { uuid: bindingUuid })
    if (bindingUuid === undefined || binding === undefined) return refusal('NOT_FOUND')
    const commands = await records.read('commands', {
      terminalId: binding.terminalId,
      afterId: (binding.bindCommandId ?? 1) - 1,
      limit: 1,
    })
    return { ok: true, value: { bindingUuid, commandUuid: commands[0]?.uuid ?? bindingUuid } }
  }

  const cancel: CommandService['cancel'] = async ({ uuid, actor }) => {
    const result = await records.submit('cancel-command', {
      commandUuid: uuid,
      actor,
      atMs: clock.now(),
    })
    if (!result.ok) return refusal(result.code)
    const { state, phase, terminalId } = result.standing
    ports.nudgeLane(terminalId)
    ports.nudgeHost()
    ports.nudgeReaders()
    return { ok: true, value: { state, phase } }
  }

  const show = async (uuid: Uint8Array): Promise<CommandWithLedger | undefined> => {
    const command = await records.read('command-by-uuid', { uuid })
    if (command === undefined) return undefined
    const [ledger, proofs] = await Promise.all([
      records.read('events-of-command', {
        commandId: command.id,
        afterId: 0,
        limit: coreLimits.eventsPerReadMax,
      }),
      records.read('proofs-of-command', { commandId: command.id }),
    ])
    return { command, ledger, proofs }
  }

  return { order, bind, cancel, show }
}

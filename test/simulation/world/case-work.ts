/**
 * What the people of a world do about unbind cases: they open them, look at each as its page shows it live,
 * see to what holds it up, come by an approval, decide against it at some stage, or close it by force. What
 * they know is what they were answered and what the page of a case shows.
 */
import type { CaseState, UnbindCaseRow, Write } from '@tillgate/gateway'
import type { Prng } from '@tillgate/device-sim'
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'

import type { CaseVerb, Observed } from '../observed.js'
import { ApprovalWork } from './approval-work.js'
import type { Asking } from './asking.js'
import type { Desk } from './gateway.js'
import type { SimulatedHost } from './host.js'
import type { SimulatedTerminal } from './terminals.js'
import type { World } from './world.js'

export interface CaseWorkParts {
  readonly world: World
  readonly asking: Asking
  readonly host: SimulatedHost
  readonly terminals: readonly SimulatedTerminal[]
}

type Stored = { -readonly [K in keyof UnbindCaseRow]: UnbindCaseRow[K] }

interface CaseFile {
  readonly row: Stored
  readonly sn: string
  readonly tid: string
  readonly binding: Uint8Array
  /** Of the Unbind that it ordered last. */
  command: Uint8Array | undefined
  /** At this stage, a state or a line of the ledger, somebody decides against it; wants it forced. */
  doubtAt: string | undefined
  forceAt: string | undefined
  isSeenTo: boolean
  looks: number
}

type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string }

/** Those that want neither the merchant's word nor a paper. */
const reasons = ['STORE_CLOSED', 'BUSINESS_ADJUSTMENT', 'LOST', 'DEVICE_FAULT', 'OTHER'] as const
const minuteMs = 60_000

/** Where a case may stand when somebody decides against it: mostly where it is nearly too late. */
const lastDoubts: readonly string[] = [
  ...['command.ready', 'command.tid_blocking', 'command.tid_blocked', 'command.proceed_sent'],
  ...['command.ready', 'command.tid_blocking', 'command.tid_blocked', 'command.proceed_sent'],
  ...['PRECHECK', 'BLOCKED', 'AWAITING_APPROVAL', 'APPROVED', 'DISPATCHED', 'WAITING_DEVICE'],
  ...['QUIESCING', 'SETTLING', 'UPLOADING', 'POSTPONED', 'ERASING_KEYS', 'PROVEN'],
]

const forcedFrom: readonly CaseState[] = [
  ...(['BLOCKED', 'AWAITING_APPROVAL', 'DISPATCHED', 'WAITING_DEVICE', 'POSTPONED'] as const),
  ...(['QUIESCING', 'SETTLING', 'UPLOADING', 'ABORTING'] as const),
  ...(['READY', 'TID_BLOCKING', 'PROCEED_SENT', 'PROCEED_UNKNOWN', 'ERASING_KEYS'] as const),
]

/** Beyond that somebody who is asked again and again gives it up. */
const looksMax = 6

export class CaseWork {
  readonly #parts: CaseWorkParts
  readonly #chance: Prng
  readonly #approvals: ApprovalWork
  readonly #files = new Map<number, CaseFile>()
  readonly #byCommand = new Map<unknown, CaseFile>()
  readonly #bindings = new Map<unknown, { readonly uuid: Uint8Array; readonly tid: string }>()
  readonly #openedAgain = new Set<string>()
  #ordered = 0

  constructor(parts: CaseWorkParts) {
    this.#parts = parts
    this.#chance = parts.world.chance('cases')
    this.#approvals = new ApprovalWork(parts.world, parts.asking)
  }

  /** Unbinds that cases have ordered. */
  get ordered(): number {
    return this.#ordered
  }

  hear(seen: Observed): void {
    if (seen.what !== 'committed') return
    for (const write of seen.writes) {
      this.#approvals.hear(write)
      this.#hearOfRow(write)
    }
  }

  #hearOfRow(write: Write): void {
    if (write.table === 'unbindCase') {
      if (write.write === 'insert') this.#opened(write.row as unknown as Stored)
      else this.#moved(write.id, write.set)
    }
    if (write.write !== 'insert') return
    const { row } = write
    if (write.table === 'binding') {
      this.#bindings.set(row['id'], { uuid: row['uuid'] as Uint8Array, tid: String(row['tid']) })
    }
    if (write.table === 'command' && typeof row['caseId'] === 'number') this.#follow(row)
    if (write.table === 'event') this.#reached(this.#byCommand.get(row['commandId']), row['kind'])
  }

  #follow(row: Extract<Write, { write: 'insert' }>['row']): void {
    const file = this.#files.get(Number(row['caseId']))
    if (file === undefined || row['type'] !== commandTypeNumbers.Unbind) return
    this.#ordered++
    file.command = row['uuid'] as Uint8Array
    this.#byCommand.set(row['id'], file)
  }

  #opened(row: Stored): void {
    const { world, terminals } = this.#parts
    const sn = terminals[row.terminalId - 1]?.sn
    const binding = this.#bindings.get(row.bindingId)
    if (sn === undefined || binding === undefined) return
    const { doubts, cases } = world.swarm.workload
    const file: CaseFile = {
      row: { ...row },
      ...{ sn, tid: binding.tid, binding: binding.uuid, command: undefined },
      doubtAt: this.#chance.chance(doubts) ? this.#chance.pick(lastDoubts) : undefined,
      forceAt: this.#chance.chance(cases.forces) ? this.#chance.pick(forcedFrom) : undefined,
      isSeenTo: false,
      looks: 0,
    }
    this.#files.set(row.id, file)
  }

  #moved(id: number, set: Readonly<Record<string, unknown>>): void {
    const file = this.#files.get(id)
    if (file === undefined) return
    const before = file.row.state
    Object.assign(file.row, set)
    if (file.row.state === before) return
    this.#reached(file, file.row.state)
    if (needsPeople.has(file.row.state)) this.#lookSoon(file)
  }

  #reached(file: CaseFile | undefined, stage: unknown): void {
    const { world } = this.#parts
    if (file === undefined) return
    const soon = (act: () => void): void => {
      world.time.after(10 ** (3 * this.#chance.float()), act)
    }
    if (file.doubtAt === stage && !world.isCalm) {
      file.doubtAt = undefined
      soon(() => {
        if (!world.isCalm) void this.#cancel(file)
      })
    }
    // Whether all goes well or not: a terminal is lost, or nobody knows better.
    if (file.forceAt === stage) {
      file.forceAt = undefined
      soon(() => void this.#force(file))
    }
    if (stage === 'CANCELLED' || stage === 'REJECTED') soon(() => void this.#openAgain(file))
  }

  /** Some change their minds once more. */
  async #openAgain({ sn }: CaseFile): Promise<void> {
    const terminal = this.#parts.terminals.find((one) => one.sn === sn)
    if (terminal === undefined || this.#openedAgain.has(sn) || this.#chance.chance(0.5)) return
    this.#openedAgain.add(sn)
    await this.open(terminal)
  }

  #lookSoon(file: CaseFile): void {
    this.#parts.world.time.after(10 ** (0.5 + 2 * this.#chance.float()), () => this.#look(file))
  }

  /** Somebody has a look whether there is something to do, unless somebody does already. */
  attend(id: number): void {
    const file = this.#files.get(id)
    if (file !== undefined) this.#look(file)
  }

  #look(file: CaseFile): void {
    if (file.isSeenTo) return
    file.isSeenTo = true
    file.looks++
    void this.#seeTo(file).finally(() => {
      file.isSeenTo = false
    })
  }

  async #seeTo(file: CaseFile): Promise<void> {
    const { world } = this.#parts
    switch (file.row.state) {
      case 'AWAITING_APPROVAL':
        return this.#comeByApproval(file)
      case 'BLOCKED':
        return this.#clearUp(file)
      case 'FAILED_PARTIAL':
        return world.isCalm ? this.#force(file) : undefined
      case 'POSTPONED':
        return world.isCalm && world.swarm.workload.cases.patience === 0
          ? this.#cancel(file)
          : undefined
      default:
        return undefined
    }
  }

  async #comeByApproval(file: CaseFile): Promise<void> {
    const { world } = this.#parts
    const found = this.#approvals.find('unbind', file.binding)
    if (found === undefined) {
      const wasRejected = this.#approvals.wasRejected(file.binding)
      if (wasRejected && !world.isCalm && this.#chance.chance(0.5)) {
        return this.#act(file, 'reject-case', (desk, act) => desk.core.cases.reject(act))
      }
      await this.askForApproval(file.sn)
    } else if (found.row.state === 'PENDING') await this.#approvals.vote(found)
  }

  /** Some ask for one terminal, some for all that have a merchant. */
  askForApproval(sn: string): Promise<void> {
    const { world, terminals } = this.#parts
    const { lists } = world.swarm.workload.cases
    const bound = terminals.filter((one) => tidOf(one) !== undefined).map((one) => one.sn)
    const isList = this.#chance.chance(lists) && bound.includes(sn)
    const sns = isList ? bound : [sn]
    return this.#approvals.ask({ kind: 'unbind', command: 'Unbind', parameters: {}, sns })
  }

  async #clearUp(file: CaseFile): Promise<void> {
    const { host, world } = this.#parts
    if (world.isCalm && file.looks > looksMax) {
      await this.#cancel(file)
      return file.looks > 2 * looksMax ? this.#force(file) : undefined
    }
    const waits = JSON.parse(file.row.waitsFor) as readonly string[]
    for (const code of waits) {
      if (this.#chance.chance(0.5)) host.clear(file.tid)
      // Also what is never waived: somebody tries.
      await this.#act(file, 'waive', (desk, act) =>
        desk.core.cases.waive({ ...act, code, why: 'the merchant has been asked' }),
      )
    }
    await this.#checkAgain(file)
  }

  #checkAgain(file: CaseFile): Promise<void> {
    return this.#act(file, 'check-case', (desk, act) => desk.core.cases.checkAgain(act))
  }

  async #act(
    { row: { uuid }, sn }: CaseFile,
    verb: CaseVerb,
    question: (
      desk: Desk,
      act: { readonly uuid: Uint8Array; readonly actor: string },
    ) => Promise<Answer<string>>,
  ): Promise<void> {
    const { asking, world } = this.#parts
    await asking.untilAnswered(
      (desk) => question(desk, { uuid, actor: 'maker' }),
      (answer) => {
        if (!answer.ok) world.tell({ what: 'refused', verb, sn, code: answer.code })
        else if (verb === 'cancel-case') {
          const caseId = uuidToText(uuid)
          world.tell({ what: 'answered', verb, sn, caseId, state: answer.value })
        }
      },
    )
  }

  /** True once there is a case, by whoever opened it. */
  async open(terminal: SimulatedTerminal): Promise<string> {
    const { asking, world } = this.#parts
    const { sn } = terminal
    const verb = 'open-case'
    const idempotency = { keyHash: this.#chance.bytes(32), requestHash: new Uint8Array(32) }
    const reason = this.#chance.pick(reasons)
    const startsInMs = this.#chance.chance(0.1) ? this.#chance.between(100, 2_000) : 0
    const startsAtMs = world.clock.now() + startsInMs
    const deadlineMs = startsAtMs + (this.#chance.chance(0.5) ? 60 * minuteMs : 30 * 60 * minuteMs)
    const answer = await asking.untilAnswered(
      ({ core }) =>
        core.cases.open({ sn, reason, startsAtMs, deadlineMs, actor: 'maker', idempotency }),
      (said) => {
        if (!said.ok) return world.tell({ what: 'refused', verb, sn, code: said.code })
        const caseId = uuidToText(said.value.uuid)
        const state = said.value.existing ? 'existing' : 'new'
        world.tell({ what: 'answered', verb, sn, caseId, state })
        this.#maybeCancel(caseId)
      },
    )
    return answer === undefined ? 'nothing' : answer.ok ? 'yes' : answer.code
  }

  #maybeCancel(caseId: string): void {
    const { world } = this.#parts
    if (!this.#chance.chance(world.swarm.workload.cancels)) return
    const afterMs = 10 ** (1 + 3.2 * this.#chance.float())
    world.time.after(afterMs, () => {
      const file = [...this.#files.values()].find(({ row }) => uuidToText(row.uuid) === caseId)
      if (!world.isCalm && file !== undefined) void this.#cancel(file)
    })
  }

  /** The case, or only the order that it has placed: either is what somebody may take back. */
  async #cancel(file: CaseFile): Promise<void> {
    const { asking, world } = this.#parts
    const { command: uuid, sn } = file
    if (uuid === undefined || world.isCalm || this.#chance.chance(0.7)) {
      return this.#act(file, 'cancel-case', (desk, act) => desk.core.cases.cancel(act))
    }
    await asking.untilAnswered(
      ({ core }) => core.commands.cancel({ uuid, actor: 'maker' }),
      (answer) => {
        const verb = 'cancel'
        if (!answer.ok) return world.tell({ what: 'refused', verb, sn, code: answer.code })
        const { state, phase } = answer.value
        world.tell({ what: 'answered', verb, sn, commandId: uuidToText(uuid), state, phase })
      },
    )
  }

  /** Two persons say that the terminal will not answer, whether it will or not. */
  async #force(file: CaseFile): Promise<void> {
    const { asking, world } = this.#parts
    const { uuid } = file.row
    const wish = await asking.untilAnswered(({ core }) =>
      core.cases.forceRequest({ uuid, reason: 'FORCE_DEVICE_LOST' }),
    )
    if (wish?.ok !== true) {
      const code = wish?.code ?? 'nothing'
      return world.tell({ what: 'refused', verb: 'force', sn: file.sn, code })
    }
    const found = this.#approvals.find('force-close', file.binding)
    if (found === undefined) await this.#approvals.ask(wish.value)
    else await this.#approvals.vote(found)
  }
}

const needsPeople: ReadonlySet<CaseState> = new Set(['AWAITING_APPROVAL', 'BLOCKED', 'POSTPONED'])

const tidOf = ({ running }: SimulatedTerminal): string | undefined =>
  running.state().flash.areas.params.get('tid')?.text

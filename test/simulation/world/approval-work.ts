/**
 * How the people of a world come by an approval: a maker asks, others vote on what they see, each with a
 * code of her own. Some say no, some requests are taken back or live for a moment only, and somebody votes
 * who must not.
 */
import type { ApprovalRequest, ApprovalRow, Write } from '@tillgate/gateway'
import { equalBytes, uuidToText } from '@tillgate/protocol'
import type { Prng } from '@tillgate/device-sim'

import type { Asking } from './asking.js'
import { approvers, maker, type Person } from './staff.js'
import type { World } from './world.js'

type Stored = { -readonly [K in keyof ApprovalRow]: ApprovalRow[K] }

/** What is asked for; the rest is the same in every request. */
export type Wish = Pick<ApprovalRequest, 'kind' | 'command' | 'parameters' | 'sns'> & {
  readonly approversMin?: number
}

/** An approval as its page shows it. */
export interface SeenApproval {
  readonly row: Stored
  /** By the terminal's key. */
  readonly targets: Map<number, { readonly binding: Uint8Array; isTaken: boolean }>
  isVotedOn: boolean
}

const longMs = 3_600_000

export class ApprovalWork {
  readonly #world: World
  readonly #asking: Asking
  readonly #chance: Prng
  readonly #seen = new Map<number, SeenApproval>()
  /** The next code of whoever needs one: all of them rise. */
  #step = 1

  constructor(world: World, asking: Asking) {
    this.#world = world
    this.#asking = asking
    this.#chance = world.chance('approvals')
  }

  /** As its page shows it live. */
  hear(write: Write): void {
    if (write.table === 'approval') {
      if (write.write === 'insert') {
        const row = write.row as unknown as Stored
        this.#seen.set(row.id, { row: { ...row }, targets: new Map(), isVotedOn: false })
      } else Object.assign(this.#seen.get(write.id)?.row ?? {}, write.set)
    }
    if (write.write !== 'insert') return
    const { approvalId, terminalId, bindingUuid, kind, data } = write.row
    if (write.table === 'approvalTarget') {
      const target = { binding: bindingUuid as Uint8Array, isTaken: false }
      this.#seen.get(Number(approvalId))?.targets.set(Number(terminalId), target)
    }
    if (write.table === 'event' && kind === 'approval.used') {
      const { approval } = JSON.parse(String(data)) as { readonly approval: string }
      const taken = this.#byText(approval)?.targets.get(Number(terminalId))
      if (taken !== undefined) taken.isTaken = true
    }
  }

  #byText(publicId: string): SeenApproval | undefined {
    return [...this.#seen.values()].find(({ row }) => uuidToText(row.uuid) === publicId)
  }

  /** The best there is for this binding: granted, or still open; undefined: somebody has to ask. */
  find(kind: string, binding: Uint8Array): SeenApproval | undefined {
    const nowMs = this.#world.clock.now()
    const standing = [...this.#seen.values()].filter(
      ({ row, targets }) =>
        row.kind === kind &&
        (row.state === 'PENDING' || row.state === 'GRANTED') &&
        row.expiresAtMs > nowMs &&
        [...targets.values()].some((one) => !one.isTaken && equalBytes(one.binding, binding)),
    )
    return standing.find(({ row }) => row.state === 'GRANTED') ?? standing[0]
  }

  /** Whether the last word on this binding was a no. */
  wasRejected(binding: Uint8Array): boolean {
    const about = [...this.#seen.values()].filter(({ targets }) =>
      [...targets.values()].some((one) => equalBytes(one.binding, binding)),
    )
    return about.at(-1)?.row.state === 'REJECTED'
  }

  /** Asks, and has it voted on. Resolves when all have voted who wanted to. */
  async ask(wish: Wish): Promise<void> {
    const { lapses, withdrawals } = this.#world.swarm.workload.cases
    const isShort = !this.#world.isCalm && this.#chance.chance(lapses)
    const lifetimeMs = isShort ? Math.floor(10 ** (2.5 + 1.5 * this.#chance.float())) : longMs
    const idempotency = { keyHash: this.#chance.bytes(32), requestHash: new Uint8Array(32) }
    const expiresAtMs = this.#world.clock.now() + lifetimeMs
    const asked = await this.#asking.untilAnswered(({ approvals }) =>
      approvals.request({
        ...wish,
        ...{ brakeCap: null, reason: 'as agreed', expiresAtMs, idempotency },
        ...{ maker: { userId: maker.id }, actor: maker.login },
      }),
    )
    const approval = asked?.ok === true ? this.#byText(asked.publicId) : undefined
    if (approval === undefined) return
    if (!this.#world.isCalm && this.#chance.chance(withdrawals)) {
      this.#world.time.after(10 ** (3 * this.#chance.float()), () =>
        this.#withdraw(approval.row.uuid),
      )
    }
    await this.vote(approval)
  }

  /** Everybody who is needed has a look, one after the other. */
  async vote(approval: SeenApproval): Promise<void> {
    if (approval.isVotedOn) return
    approval.isVotedOn = true
    const { wrongVotes, noes } = this.#world.swarm.workload.cases
    const first = this.#chance.between(0, approvers.length - 1)
    for (let i = 0; i < approval.row.approversNeeded; i++) {
      const voter = approvers[(first + i) % approvers.length]
      if (voter === undefined || approval.row.state !== 'PENDING') break
      if (!this.#world.isCalm && this.#chance.chance(wrongVotes)) {
        await this.#cast(approval, this.#chance.pick([maker, approvers[first] ?? maker]), 'approve')
      }
      await this.#pause()
      const isNo = !this.#world.isCalm && this.#chance.chance(noes)
      await this.#cast(approval, voter, isNo ? 'reject' : 'approve')
    }
    approval.isVotedOn = false
  }

  #pause(): Promise<void> {
    const ms = 10 ** (2.3 * this.#chance.float())
    return new Promise((resolve) => {
      this.#world.time.after(ms, resolve)
    })
  }

  async #cast({ row }: SeenApproval, voter: Person, decision: 'approve' | 'reject'): Promise<void> {
    await this.#asking.untilAnswered(async ({ core, approvals, records }) => {
      const said = await records.submit('cast-vote', {
        ...{ approvalUuid: row.uuid, userId: voter.id, decision, subjectHash: row.subjectHash },
        ...{ reason: '', breakGlass: false, policy: approvals.policy },
        ...{ totpStep: (this.#step += 1), atMs: this.#world.clock.now() },
      })
      // Whoever looks at the cases need not wait for the next beat.
      core.nudgeCases()
      return said
    })
  }

  #withdraw(approvalUuid: Uint8Array): void {
    void this.#asking.untilAnswered(({ records }) =>
      records.submit('withdraw-approval', {
        ...{ approvalUuid, actor: maker.login },
        atMs: this.#world.clock.now(),
      }),
    )
  }
}

/**
 * Load for a gateway that keeps dying: each terminal is bound, sells, is tested, is unbound, and round
 * again, through the HTTP API alone. An unbind is a case; those that wait are approved together. What was
 * answered 2xx is remembered; that is what must be there.
 */
import { pause } from '../../ground/index.js'
import type { ApiClient } from '../../demo/api-client.js'
import type { Member, Sold } from '../../demo/fleet.js'
import { SecondPersons, unbindReason } from '../../demo/second-persons.js'
import { Waves } from './waves.js'

export interface Answered {
  /** The command's, or the unbind case's. */
  readonly id: string
  readonly type: 'SelfTest' | 'Unbind'
  readonly member: Member
}

export interface Load {
  readonly answered: readonly Answered[]
  readonly sold: readonly Sold[]
  readonly rounds: number
  /** Every terminal ends its round; resolves when all have. */
  finish(): Promise<void>
}

interface CommandState {
  readonly open: boolean
  readonly state: string
}

interface CaseState extends CommandState {
  readonly waitsFor: readonly { readonly rule: string }[]
}

const lookMs = 60
/** Two of them vote on each list, and each votes once in half a minute. */
const approvers = 10

const untilEnded = async (api: ApiClient, id: string): Promise<string> => {
  for (;;) {
    const { open, state } = await api.get<CommandState>(`/v1/commands/${id}`)
    if (!open) return state
    await pause(lookMs)
  }
}

const untilActive = async (api: ApiClient, id: string): Promise<void> => {
  for (;;) {
    const { state } = await api.get<{ state: string }>(`/v1/bindings/${id}`)
    if (state === 'ACTIVE') return
    if (state !== 'DELIVERING') throw new Error(`a binding became ${state}`)
    await pause(lookMs)
  }
}

/** Who asked the host in vain asks again at once. */
const untilClosed = async (maker: ApiClient, id: string): Promise<string> => {
  for (;;) {
    const { open, state, waitsFor } = await maker.get<CaseState>(`/v1/unbind-cases/${id}`)
    if (!open) return state
    if (state === 'BLOCKED' && waitsFor.some(({ rule }) => rule === 'clears')) {
      await maker.post(`/v1/unbind-cases/${id}/check`, {})
    }
    await pause(lookMs)
  }
}

export const startLoad = async (api: ApiClient, fleet: readonly Member[]): Promise<Load> => {
  const people = await SecondPersons.letIn(api, approvers)
  const waves = new Waves(people)
  const { maker } = people
  const answered: Answered[] = []
  const sold: Sold[] = []
  let finishing = false
  let rounds = 0

  const test = async (member: Member, key: string): Promise<string> => {
    const body = { sn: member.sn, type: 'SelfTest' }
    const { id } = await api.post<{ id: string }>('/v1/commands', body, `${key}-test`)
    answered.push({ id, type: 'SelfTest', member })
    return untilEnded(api, id)
  }

  const unbind = async (member: Member, key: string): Promise<string> => {
    const body = { sn: member.sn, reason: unbindReason }
    const { id } = await maker.post<{ id: string }>('/v1/unbind-cases', body, `${key}-unbind`)
    answered.push({ id, type: 'Unbind', member })
    await waves.approve(member.sn)
    return untilClosed(maker, id)
  }

  const sell = async (member: Member, amountMinor: number): Promise<void> => {
    const end = await member.terminal?.sale(amountMinor)
    if (end !== undefined) sold.push({ member, ...end, amountMinor })
  }

  const round = async (member: Member, number: number): Promise<void> => {
    const { sn, tid, merchantId } = member
    const key = `${sn}-${String(number)}`
    // After an unbind the TID stays closed at the host; the back office opens a new one.
    const fresh = `T${tid.slice(-3)}${String(number).padStart(4, '0')}`
    await member.registerTid(fresh)
    const made = await api.post<{ binding: { id: string } }>(
      '/v1/bindings',
      { sn, merchantId, tid: fresh },
      `${key}-bind`,
    )
    await untilActive(api, made.binding.id)
    await sell({ ...member, tid: fresh }, 100 + number)
    await test(member, key)
    const end = await unbind(member, key)
    if (end !== 'CLOSED') throw new Error(`the unbind of ${sn} ended ${end}`)
    rounds += 1
  }

  const run = async (member: Member): Promise<void> => {
    for (let number = 1; !finishing; number++) await round(member, number)
  }
  const running = Promise.all(fleet.map(run))
  running.catch(() => undefined)

  return {
    answered,
    sold,
    get rounds() {
      return rounds
    },
    async finish() {
      finishing = true
      await running
      people.close()
    },
  }
}

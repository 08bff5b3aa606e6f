/**
 * Load for a gateway that keeps dying: each terminal is bound, sells, is tested, is unbound, and round
 * again, through the HTTP API alone. What was answered 2xx is remembered; that is what must be there.
 */
import { pause } from '../../ground/index.js'
import type { ApiClient } from '../../demo/api-client.js'
import type { Member, Sold } from '../../demo/fleet.js'

export interface AnsweredCommand {
  readonly id: string
  readonly type: 'SelfTest' | 'Unbind'
  readonly member: Member
}

export interface Load {
  readonly answered: readonly AnsweredCommand[]
  readonly sold: readonly Sold[]
  readonly rounds: number
  /** Every terminal ends its round; resolves when all have. */
  finish(): Promise<void>
}

interface CommandState {
  readonly open: boolean
  readonly state: string
}

const lookMs = 60

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

export const startLoad = (api: ApiClient, fleet: readonly Member[]): Load => {
  const answered: AnsweredCommand[] = []
  const sold: Sold[] = []
  let finishing = false
  let rounds = 0

  const order = async (
    member: Member,
    type: AnsweredCommand['type'],
    key: string,
  ): Promise<string> => {
    const parameters = { reason: 'DEVICE_SWAP', settleTimeoutSeconds: 60 }
    const body = { sn: member.sn, type, ...(type === 'Unbind' ? { parameters } : {}) }
    const { id } = await api.post<{ id: string }>('/v1/commands', body, `${key}-${type}`)
    answered.push({ id, type, member })
    return id
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
    await untilEnded(api, await order(member, 'SelfTest', key))
    const end = await untilEnded(api, await order(member, 'Unbind', key))
    if (end !== 'done') throw new Error(`the unbind of ${sn} ended ${end}`)
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
    },
  }
}

/**
 * Half of the fleet is unbound through the HTTP API, and bad luck strikes in the middle. What is asked
 * again after it is asked with the same key.
 */
import type { ApiClient } from './api-client.js'
import { concurrently } from './concurrently.js'
import type { Member } from './fleet.js'
import type { Progress } from './progress.js'
import type { Scene } from './scene.js'

export interface Ordered {
  readonly member: Member
  readonly commandId: string
}

interface CommandOfList {
  readonly id: string
  readonly state: string
  readonly open: boolean
}

const orderWidth = 8
const lookMs = 400
/** It strikes when this part of the orders has ended; the others are in every phase. */
const misfortuneAt = 0.25

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const listUnbinds = async (api: ApiClient): Promise<readonly CommandOfList[]> => {
  const all: CommandOfList[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: { items: CommandOfList[]; nextCursor: string | null } = await api.get(
      `/v1/commands?type=Unbind&limit=200${from}`,
    )
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

const order = async (api: ApiClient, member: Member): Promise<Ordered> => {
  const body = {
    sn: member.sn,
    type: 'Unbind',
    parameters: { reason: 'STORE_CLOSED', settleTimeoutSeconds: 120 },
  }
  const { id } = await api.post<{ id: string }>('/v1/commands', body, `unbind-${member.sn}`)
  return { member, commandId: id }
}

export const unbindWithMisfortune = async (
  { api, tillgate }: Scene,
  members: readonly Member[],
  progress: Progress,
  { deadlineMs }: { readonly deadlineMs: number },
): Promise<readonly Ordered[]> => {
  const startedMs = performance.now()
  const late = (): boolean => performance.now() - startedMs > deadlineMs
  const ordering = concurrently(members, orderWidth, (member) => order(api, member))
  let struck = false
  for (;;) {
    const commands = await listUnbinds(api)
    const ended = commands.filter(({ open }) => !open).length
    if (!struck && ended >= members.length * misfortuneAt) {
      struck = true
      progress.step(`${String(commands.length - ended)} unbinds are under way`)
      await tillgate.misfortune(progress)
    }
    progress.at('unbinds have ended', ended, members.length)
    if ((ended === members.length && struck) || late()) break
    await pause(lookMs)
  }
  return ordering
}

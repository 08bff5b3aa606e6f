/**
 * Half of the fleet is unbound through the HTTP API: a case each, one list that two other persons approve, and
 * bad luck that strikes in the middle. What is asked again after it is asked with the same key.
 */
import type { ApiClient } from './api-client.js'
import { concurrently } from './concurrently.js'
import type { Member } from './fleet.js'
import type { Progress } from './progress.js'
import type { Scene } from './scene.js'
import { unbindReason, type SecondPersons } from './second-persons.js'

export interface Ordered {
  readonly member: Member
  readonly caseId: string
}

interface CaseOfList {
  readonly id: string
  readonly state: string
  readonly open: boolean
  readonly waitsFor: readonly { readonly rule: string }[]
}

const openWidth = 8
const lookMs = 400
/** It strikes when this part of the cases has ended; the others are in every phase. */
const misfortuneAt = 0.25

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const listCases = async (api: ApiClient): Promise<readonly CaseOfList[]> => {
  const all: CaseOfList[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: { items: CaseOfList[]; nextCursor: string | null } = await api.get(
      `/v1/unbind-cases?limit=200${from}`,
    )
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

const open = async (maker: ApiClient, member: Member): Promise<Ordered> => {
  const { sn } = member
  const body = { sn, reason: unbindReason }
  const { id } = await maker.post<{ id: string }>('/v1/unbind-cases', body, `case-${sn}`)
  return { member, caseId: id }
}

/** Whether it waits for somebody who is not there, and not for the host. */
const wantsSomebody = ({ state, waitsFor }: CaseOfList): boolean =>
  state === 'BLOCKED' && waitsFor.some(({ rule }) => rule === 'hard' || rule === 'soft')

/** The host did not answer: whoever does not want to wait asks it again. */
const askAgain = async (maker: ApiClient, cases: readonly CaseOfList[]): Promise<void> => {
  const held = cases.filter((one) => one.state === 'BLOCKED' && !wantsSomebody(one))
  await concurrently(held, openWidth, ({ id }) => maker.post(`/v1/unbind-cases/${id}/check`, {}))
}

export const unbindWithMisfortune = async (
  { tillgate }: Scene,
  { members, people }: { readonly members: readonly Member[]; readonly people: SecondPersons },
  progress: Progress,
  { deadlineMs }: { readonly deadlineMs: number },
): Promise<readonly Ordered[]> => {
  const { maker } = people
  const startedMs = performance.now()
  const late = (): boolean => performance.now() - startedMs > deadlineMs
  const opened = await concurrently(members, openWidth, (member) => open(maker, member))
  progress.step(`${String(opened.length)} unbind cases wait for approval`)
  const sns = members.map(({ sn }) => sn)
  await people.approve(sns, 'half of the demo fleet leaves')
  progress.step('other persons have approved the list')
  let struck = false
  for (;;) {
    const cases = await listCases(maker)
    const ended = cases.filter((one) => !one.open || wantsSomebody(one)).length
    if (!struck && ended >= members.length * misfortuneAt) {
      struck = true
      progress.step(`${String(cases.length - ended)} unbinds are under way`)
      await tillgate.misfortune(progress)
    }
    progress.at('unbind cases have ended', ended, members.length)
    if ((ended === members.length && struck) || late()) break
    await askAgain(maker, cases)
    await pause(lookMs)
  }
  return opened
}

/**
 * One terminal from its merchant's wish to the closed file, and on to the next TID: what people, the merchant
 * and the terminal do, through the API, the hooks and the till. It claims nothing: `checks.ts` reads what came of it.
 */
import type { ApiClient } from '../api-client.js'
import { acquirerCode, makeMember, switchOn, type Member } from '../fleet.js'
import type { Progress } from '../progress.js'
import type { Scene } from '../scene.js'
import type { SecondPersons } from '../second-persons.js'

export const mid = '821310054119001'
export const account = '4100025209001234567'
export const creditCode = '91350100M000100Y43'
const reason = 'MERCHANT_REQUEST'
const telephone = '+8613800138000'
const place = { en: '12 Harbour Road, Xiamen', zh: '厦门市思明区鹭江道 12 号' }
const [firstTid, nextTid] = ['J0000001', 'J0000002'] as const
const lookMs = 150
const patienceMs = 120_000

export interface CaseOfApi {
  readonly id: string
  readonly state: string
  readonly commandId: string | null
  readonly approvalHash: string | null
  readonly confirmedHow: string | null
  readonly waitsFor: readonly { readonly code: string }[]
  readonly ledger: readonly {
    readonly kind: string
    readonly at: string
    readonly data: Readonly<Record<string, unknown>>
  }[]
}

export interface BindingOfApi {
  readonly id: string
  readonly state: string
  readonly tid: string
  readonly epoch: number
  readonly registration: { readonly state: string; readonly settlementAccount: string } | null
}

/** What the walk has left behind, for who reads it. */
export interface Walked {
  readonly member: Member
  readonly caseId: string
  readonly approvalId: string
  readonly bindings: readonly [BindingOfApi, BindingOfApi]
  readonly selfTestId: string
  /** The TID before and after. */
  readonly tids: readonly [string, string]
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Looks until it is so; what never comes is an error that names it. */
const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  const startedMs = performance.now()
  while (performance.now() - startedMs < patienceMs) {
    const found = await look()
    if (found !== undefined) return found
    await pause(lookMs)
  }
  throw new Error(`the journey waits for ${what}`)
}

class Journey {
  readonly #scene: Scene
  readonly #people: SecondPersons
  readonly #progress: Progress

  constructor(scene: Scene, people: SecondPersons, progress: Progress) {
    this.#scene = scene
    this.#people = people
    this.#progress = progress
  }

  get #maker(): ApiClient {
    return this.#people.maker
  }

  #say(english: string, chinese: string): void {
    this.#progress.step(`${chinese.padEnd(12, '　')} ${english}`)
  }

  async merchant(): Promise<{ readonly merchantId: string; readonly storeId: string }> {
    const { api } = this.#scene
    const wish = { acquirerCode, mid, name: '鹭江咖啡' }
    const { id } = await api.post<{ id: string }>('/v1/merchants', wish, 'journey-merchant')
    const shop = { merchantId: id, name: '鹭江道店', address: place.zh }
    const store = await api.post<{ id: string }>('/v1/stores', shop, 'journey-store')
    return { merchantId: id, storeId: store.id }
  }

  /** The registry is asked, the terminal is told, and it confirms. */
  async bind(
    { sn }: Member,
    tid: string,
    whom: { readonly merchantId: string; readonly storeId: string },
  ): Promise<BindingOfApi> {
    const elements = { creditCode, settlementAccount: account }
    const wish = { sn, ...whom, tid, elements }
    const { binding } = await this.#scene.api.post<{ binding: BindingOfApi }>(
      ...(['/v1/bindings', wish, `journey-${tid}`] as const),
    )
    return until(`the binding under ${tid}`, async () => {
      const shown = await this.#scene.api.get<BindingOfApi>(`/v1/bindings/${binding.id}`)
      if (shown.state === 'REJECTED') throw new Error('the registry refused the binding')
      return shown.state === 'ACTIVE' ? shown : undefined
    })
  }

  async sell({ terminal }: Member, amounts: readonly number[]): Promise<void> {
    for (const amount of amounts) {
      await until('a sale', async () => {
        const end = await terminal?.sale(amount)
        return end?.outcome === 'approved' ? end : undefined
      })
    }
  }

  show(caseId: string): Promise<CaseOfApi> {
    return this.#maker.get<CaseOfApi>(`/v1/unbind-cases/${caseId}`)
  }

  async untilCase(caseId: string, state: string): Promise<CaseOfApi> {
    return until(`a case that is ${state}`, async () => {
      const shown = await this.show(caseId)
      return shown.state === state ? shown : undefined
    })
  }

  async ask({ sn }: Member, merchantId: string): Promise<string> {
    const contact = { channel: 'sms', to: telephone, language: 'zh' }
    const { id: contactId } = await this.#maker.post<{ id: string }>(
      ...([`/v1/merchants/${merchantId}/contacts`, contact, 'journey-contact'] as const),
    )
    const wish = { sn, reason }
    const { id } = await this.#maker.post<{ id: string }>('/v1/unbind-cases', wish, 'journey-case')
    this.#say('asked for; it waits for the merchant and for the batch', '申请解绑')
    await this.untilCase(id, 'BLOCKED')
    await this.#maker.post(`/v1/unbind-cases/${id}/codes`, { contactId })
    const code = await until('the code', () => Promise.resolve(this.#codeSent()))
    await this.#maker.post(`/v1/unbind-cases/${id}/confirm`, { code })
    this.#say('confirmed by the one-time code that the merchant was sent', '商户验证码确认')
    return id
  }

  /** As the merchant reads it on his telephone. */
  #codeSent(): string | undefined {
    return /\b(\d{6})\b/.exec(this.#told('code') ?? '')?.[1]
  }

  #told(kind: string): string | undefined {
    const sent = this.#scene.receiver.messages.find((data) => data['kind'] === kind)
    return sent === undefined ? undefined : String(sent['text'])
  }

  async settle({ terminal }: Member, caseId: string, tid: string): Promise<void> {
    await until('a case that waits for the batch alone', async () => {
      const { state, waitsFor } = await this.show(caseId)
      const waits = waitsFor.map(({ code }) => code).filter((code) => code !== 'LAST_TERMINAL')
      return state === 'BLOCKED' && waits.join() === 'UNSETTLED_BATCH' ? true : undefined
    })
    this.#say('blocked: the host holds a batch that is not settled', '批次未结算，受阻')
    terminal?.settle()
    await until('a settled batch', () => {
      const ledger = this.#scene.host.theSwitch.ledger({ acquirerCode, mid, tid })
      const isOpen = ledger?.batches.some(
        ({ settlement, totals }) => settlement === undefined && totals.count > 0,
      )
      return Promise.resolve(isOpen === false ? true : undefined)
    })
    await this.#maker.post(`/v1/unbind-cases/${caseId}/check`, {})
    await this.untilCase(caseId, 'AWAITING_APPROVAL')
    this.#say('settled at the till, checked again: nothing holds it up', '已结算')
  }

  async approve({ sn }: Member, caseId: string): Promise<string> {
    const [approvalId = ''] = await this.#people.approve([sn], 'the merchant moves on', reason)
    this.#say('approved by a second person, with a one-time code', '第二人复核')
    await until('a case behind the point of no return', async () => {
      const { ledger } = await this.show(caseId)
      return ledger.some(({ kind }) => kind === 'case.proceed_sent') ? true : undefined
    })
    this.#say('the host has blocked the TID; only now Proceed is committed', '主机停用终端号')
    await this.untilCase(caseId, 'CLOSED')
    await until('the merchant to be told', () => Promise.resolve(this.#told('done')))
    this.#say('erased, proved, cancelled at the registry, closed', '清除、取证、注销、结案')
    return approvalId
  }

  async test({ sn }: Member): Promise<string> {
    const order = { sn, type: 'SelfTest' }
    const { id } = await this.#maker.post<{ id: string }>('/v1/commands', order, 'journey-test')
    await until('a self-test', async () => {
      const { state } = await this.#maker.get<{ state: string }>(`/v1/commands/${id}`)
      return state === 'done' ? true : undefined
    })
    return id
  }

  async walk(): Promise<Walked> {
    const { host } = this.#scene
    const whom = await this.merchant()
    const about = { sn: 'JOURNEY-1', tid: firstTid, merchant: { id: whom.merchantId, mid } }
    const member = await makeMember(this.#scene, about, [])
    member.terminal = switchOn(this.#scene, member, 0, undefined)
    const first = await this.bind(member, firstTid, whom)
    this.#say('registered with its five elements, then bound', '五要素报备、绑定')
    await this.sell(member, [1_280, 560, 9_900])
    host.policy.settleFirst = true
    const caseId = await this.ask(member, whom.merchantId)
    await this.settle(member, caseId, firstTid)
    host.policy.settleFirst = false
    const approvalId = await this.approve(member, caseId)
    await member.registerTid(nextTid)
    const next = await this.bind(member, nextTid, whom)
    this.#say('bound again under another TID and a higher epoch', '重新绑定')
    const selfTestId = await this.test(member)
    await this.sell(member, [1])
    this.#say('tested: keys, flash, clock, and a sale with the host', '自检、试交易')
    const tids = [firstTid, nextTid] as const
    return { member, caseId, approvalId, selfTestId, tids, bindings: [first, next] }
  }
}

export const walkJourney = (
  scene: Scene,
  people: SecondPersons,
  progress: Progress,
): Promise<Walked> => new Journey(scene, people, progress).walk()

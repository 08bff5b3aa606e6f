/**
 * The people that an unbind wants, over the HTTP API: a maker, who opens cases and asks for approval by a token,
 * and approvers, who take their accounts over, sign in and vote, each with the code that an authenticator app
 * would show. A code counts once, so each of them votes once in half a minute.
 */
import { oneTimeCode } from '../ground/one-time-code.js'
import { ApiError, type ApiClient } from './api-client.js'

const stepMs = 30_000
/** A code is not used so shortly before its time is over. */
const haste = 5_000
const targetsMax = 1_000
const password = 'correct horse battery staple'
/** Wants neither a paper nor the merchant's own word. */
export const unbindReason = 'BUSINESS_ADJUSTMENT'

interface Asked {
  readonly id: string
  readonly state: string
  readonly subjectHash: string
  readonly approversNeeded: number
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One step back is taken, and one ahead. */
const firstStep = (): number => Math.floor((Date.now() + haste) / stepMs) - 1

class Authenticator {
  readonly #uri: string
  #used = 0

  constructor(uri: string) {
    this.#uri = uri
  }

  /** How long until there is a code that has not been used. */
  waitMs(): number {
    return Math.max(0, (Math.max(this.#used + 1, firstStep()) - 1) * stepMs - Date.now())
  }

  async code(): Promise<string> {
    await pause(this.waitMs())
    this.#used = Math.max(this.#used + 1, firstStep())
    return oneTimeCode(this.#uri, this.#used * stepMs)
  }
}

interface Approver {
  readonly login: string
  readonly api: ApiClient
  readonly codes: Authenticator
}

const letIn = async (admin: ApiClient, login: string): Promise<Approver> => {
  const wish = { login, name: login, roles: ['approver'] }
  const { activation } = await admin.post<{ activation: string }>('/v1/users', wish, login)
  const begun = await admin.post<{ otpauthUri: string }>('/v1/activations', {
    ...{ activation, password },
  })
  const codes = new Authenticator(begun.otpauthUri)
  await admin.post('/v1/activations/confirm', { activation, code: await codes.code() })
  const credentials = { login, password, code: await codes.code() }
  const { token } = await admin.post<{ token: string }>('/v1/sessions', credentials)
  return { login, api: admin.as(token), codes }
}

export class SecondPersons {
  /** Opens cases, follows them, and asks. */
  readonly maker: ApiClient
  readonly #approvers: readonly Approver[]
  #asked = 0

  private constructor(maker: ApiClient, approvers: readonly Approver[]) {
    this.maker = maker
    this.#approvers = approvers
  }

  /** Whoever lets them in asks for nothing: that would be one person with two names. */
  static async letIn(admin: ApiClient, count: number): Promise<SecondPersons> {
    const wish = { name: 'maker', role: 'maker' }
    const { token } = await admin.post<{ token: string }>('/v1/api-tokens', wish, 'maker')
    const logins = Array.from({ length: count }, (_, index) => `approver-${String(index + 1)}`)
    const approvers: Approver[] = []
    for (const login of logins) approvers.push(await letIn(admin, login))
    return new SecondPersons(admin.as(token), approvers)
  }

  /** Asked for as one list, and granted by as many as the policy wants; the ids of what was granted. */
  async approve(
    sns: readonly string[],
    why: string,
    reason = unbindReason,
  ): Promise<readonly string[]> {
    const granted: string[] = []
    for (let from = 0; from < sns.length; from += targetsMax) {
      granted.push(await this.#approveList(sns.slice(from, from + targetsMax), why, reason))
    }
    return granted
  }

  close(): void {
    this.maker.close()
    for (const { api } of this.#approvers) api.close()
  }

  async #approveList(sns: readonly string[], why: string, reason: string): Promise<string> {
    this.#asked += 1
    const parameters = { reason }
    const asked = await this.maker.post<Asked>(
      '/v1/approvals',
      { kind: 'unbind', sns, parameters, reason: why },
      `approval-${String(this.#asked)}`,
    )
    const soonest = [...this.#approvers].sort((a, b) => a.codes.waitMs() - b.codes.waitMs())
    for (const approver of soonest.slice(0, asked.approversNeeded))
      await this.#vote(approver, asked)
    const { state } = await this.maker.get<Asked>(`/v1/approvals/${asked.id}`)
    if (state !== 'GRANTED' && state !== 'USED') throw new Error(`an approval is ${state}`)
    return asked.id
  }

  async #vote({ api, codes }: Approver, { id, subjectHash }: Asked): Promise<void> {
    const ballot = { decision: 'approve', subjectHash, code: await codes.code(), reason: why(id) }
    try {
      await api.post(`/v1/approvals/${id}/votes`, ballot)
    } catch (error) {
      // Its first answer was lost: the vote counts.
      const isCast = error instanceof ApiError && alreadyCast.has(error.code)
      if (!isCast) throw error
    }
  }
}

const alreadyCast: ReadonlySet<string> = new Set(['ALREADY_VOTED', 'ILLEGAL_STATE'])
const why = (id: string): string => `the list of ${id} was seen`

/**
 * Two people as the records know them: one asks for an approval, the other grants it. Signing in and one-time
 * codes are for whoever asks over the API (`second-persons.ts`); here a second person is simply there.
 */
import type { InputOf, Records } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

type Asked = InputOf<'request-approval'>

export interface Tools {
  readonly records: Pick<Records, 'submit' | 'read'>
  at(): number
  uuid(): Uint8Array
}

const hourMs = 3_600_000
const filled = (value: number, length = 32): Uint8Array => new Uint8Array(length).fill(value)

const policy: Asked['policy'] = {
  ...{ oneApproverTargetsMax: 10, approversAbove: 2, windowHours: 24 },
  breakGlass: 'off',
}

export class SecondPerson {
  readonly #tools: Tools
  #people: Promise<{ readonly tokenUuid: Uint8Array; readonly userId: number }> | undefined
  #asked = 0
  /** The last step of a code that was used: each is good once, and they rise. */
  #step = 1

  constructor(tools: Tools) {
    this.#tools = tools
  }

  /** Asked for and granted, over these targets; its uuid. */
  async grants(targets: Asked['targets'], over: Partial<Asked> = {}): Promise<Uint8Array> {
    const { records, at, uuid: next } = this.#tools
    this.#people ??= this.#letIn()
    const { tokenUuid, userId } = await this.#people
    this.#asked += 1
    const uuid = next()
    const subjectHash = filled(0)
    new DataView(subjectHash.buffer).setUint32(0, this.#asked)
    const asked = await records.submit('request-approval', {
      ...{ uuid, publicId: uuidToText(uuid), kind: 'unbind', subject: filled(1), subjectHash },
      ...{ targets, brakeCap: null, acquirerCode: null, maker: { tokenUuid }, reason: '' },
      ...{ expiresAtMs: at() + hourMs, policy, actor: 'maker', atMs: at() },
      ...over,
    })
    if (!asked.ok) throw new Error(asked.code)
    this.#step += 1
    const vote = await records.submit('cast-vote', {
      ...{ approvalUuid: uuid, userId, decision: 'approve', subjectHash },
      ...{ reason: '', breakGlass: false, totpStep: this.#step, policy, atMs: at() },
    })
    if (!vote.ok) throw new Error(vote.code)
    return uuid
  }

  async #letIn() {
    const { records, at, uuid } = this.#tools
    const tokenUuid = uuid()
    await records.submit('create-api-token', {
      ...{ uuid: tokenUuid, publicId: uuidToText(tokenUuid), name: 'maker', tokenHash: filled(1) },
      ...{ scopes: 'cases:write', expiresAtMs: at() + hourMs, actor: 'admin', atMs: at() },
    })
    const userUuid = uuid()
    const activationHash = filled(2)
    await records.submit('create-user', {
      ...{ uuid: userUuid, publicId: uuidToText(userUuid), login: 'bo', name: 'Bo' },
      ...{ roles: 'approver', agentId: null, acquirerCode: null, activationHash },
      ...{ activationEndsAtMs: at() + hourMs, actor: 'admin', atMs: at() },
    })
    const secret = { activationHash, totpSecret: filled(3, 16), atMs: at() }
    await records.submit('begin-activation', { ...secret, passwordHash: 'none' })
    await records.submit('confirm-activation', { ...secret, totpStep: 1 })
    const user = await records.read('user-by-login', { login: 'bo' })
    if (user === undefined) throw new Error('nobody is there to approve')
    return { tokenUuid, userId: user.id }
  }
}

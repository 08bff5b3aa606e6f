/**
 * The few calls to Tillgate's HTTP API that a fleet makes: register, ask for an enrolment token, and
 * for a test order a command. A real factory and a real back office do this in their own systems.
 */
import type { Agent } from 'node:https'
import { EnrolmentFailed } from './enrol.js'
import { callHttps, type HttpsAnswer } from './https.js'

export interface ApiAccess {
  readonly apiUrl: string
  readonly apiToken: string
  /** PEM of Tillgate's CA. */
  readonly ca: string
  readonly agent?: Agent
}

const post = ({ apiUrl, apiToken, ca, agent }: ApiAccess, path: string, body: unknown) =>
  callHttps({
    url: new URL(path, apiUrl).href,
    method: 'POST',
    body,
    ca,
    headers: { authorization: `Bearer ${apiToken}` },
    ...(agent === undefined ? {} : { agent }),
  })

const fieldOf = ({ status, text }: HttpsAnswer, name: string): string => {
  try {
    const value = (JSON.parse(text) as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value : String(status)
  } catch {
    return String(status)
  }
}

const isDone = ({ status }: HttpsAnswer): boolean => status === 200 || status === 201

/** One that is there already is as good. */
export const registerTerminal = async (
  access: ApiAccess,
  terminal: { readonly sn: string; readonly vendor: string; readonly model: string },
): Promise<void> => {
  const answer = await post(access, '/v1/terminals', terminal)
  if (isDone(answer) || fieldOf(answer, 'code') === 'DUPLICATE') return
  throw new EnrolmentFailed(fieldOf(answer, 'code'), `registering ${terminal.sn}`)
}

export const createEnrolmentToken = async (access: ApiAccess, sn: string): Promise<string> => {
  const answer = await post(access, '/v1/enrolment-tokens', { sn })
  if (!isDone(answer)) throw new EnrolmentFailed(fieldOf(answer, 'code'), `a token for ${sn}`)
  return fieldOf(answer, 'token')
}

export interface CommandOrder {
  readonly sn: string
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** The new command's id. */
export const orderCommand = async (access: ApiAccess, order: CommandOrder): Promise<string> => {
  const answer = await post(access, '/v1/commands', order)
  if (answer.status < 300) return fieldOf(answer, 'id')
  throw new Error(`${order.type} for ${order.sn}: ${fieldOf(answer, 'code')}`)
}

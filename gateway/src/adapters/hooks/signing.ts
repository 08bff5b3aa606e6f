/**
 * Standard Webhooks: who holds a secret can tell that a message is Tillgate's, whole, and fresh. While
 * a secret changes there are two; a message then carries a signature under each, so that the receiver
 * may change whenever it likes.
 */
import { Webhook } from 'standardwebhooks'
import type { EpochMs } from '../../core/ports/system.js'

/** `whsec_` and 24 to 64 bytes in base 64, as the specification has it. */
export const isHookSecret = (text: string): boolean => {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  if (base64 === undefined || base64.length % 4 !== 0) return false
  const { length } = Buffer.from(base64, 'base64')
  return length >= 24 && length <= 64
}

/** The new one first. */
export const hookSecretsMax = 2

export type Sign = (id: string, body: string, nowMs: EpochMs) => Readonly<Record<string, string>>

export const createSigning = (secrets: readonly string[]): Sign => {
  if (secrets.length < 1 || secrets.length > hookSecretsMax || !secrets.every(isHookSecret)) {
    throw new TypeError('hooks: one secret or two, each whsec_ and base 64')
  }
  const webhooks = secrets.map((secret) => new Webhook(secret))
  return (id, body, nowMs) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(nowMs / 1_000)),
    'webhook-signature': webhooks
      .map((webhook) => webhook.sign(id, new Date(nowMs), body))
      .join(' '),
  })
}

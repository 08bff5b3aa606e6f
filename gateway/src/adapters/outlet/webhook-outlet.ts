/**
 * Posts each checkpoint as JSON, signed as Standard Webhooks has it. It has arrived when the answer is a 2xx;
 * its id is the checkpoint's, so whoever gets it twice can tell.
 */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Webhook } from 'standardwebhooks'
import type { CheckpointOutlet, SentCheckpoint } from '../../core/ports/outlet.js'
import type { Clock, Timers } from '../../core/ports/system.js'
import { outletLimits } from './limits.js'

export interface WebhookTarget {
  readonly url: string
  /** `whsec_` and base 64, or base 64 alone. */
  readonly secret: string
}

const bodyOf = ({ id, size, note, atMs }: SentCheckpoint): string =>
  JSON.stringify({
    type: 'audit.checkpoint',
    timestamp: new Date(atMs).toISOString(),
    data: { id, size, checkpoint: note },
  })

export const createWebhookOutlet = (
  { url, secret }: WebhookTarget,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): CheckpointOutlet => {
  const webhook = new Webhook(secret)
  const request = url.startsWith('https:') ? requestHttps : requestHttp

  const headersOf = (messageId: string, body: string) => {
    const now = new Date(clock.now())
    return {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign(messageId, now, body),
    }
  }

  const send = (checkpoint: SentCheckpoint): Promise<void> =>
    new Promise((resolve, reject) => {
      const body = bodyOf(checkpoint)
      const headers = headersOf(`checkpoint-${String(checkpoint.id)}`, body)
      const asking = request(url, { method: 'POST', headers })
      const deadline = timers.after(outletLimits.sendMsMax, () =>
        asking.destroy(new Error('no answer in time')),
      )
      const end = (error?: Error): void => {
        deadline.cancel()
        if (error === undefined) resolve()
        else reject(error)
      }
      asking.once('error', end)
      asking.once('response', (response) => {
        const { statusCode = 0 } = response
        response.destroy()
        const isTaken = statusCode >= 200 && statusCode < 300
        end(isTaken ? undefined : new Error(`it answered ${String(statusCode)}`))
      })
      asking.end(body)
    })

  return { name: 'webhook', send, close: () => Promise.resolve() }
}

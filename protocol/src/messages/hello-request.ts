// HelloRequest (down, ordinary key): the gateway does not know this session; say Hello again.
// README.md §5.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface HelloRequest {
  readonly kind: 'helloRequest'
  /** Undefined where the gateway knows no session at all. */
  readonly sessionNonce: Uint8Array | undefined
}

export const readHelloRequest = (
  from: tillgate.v1.HelloRequest.$Properties,
  fields: FieldReader,
): HelloRequest => ({
  kind: 'helloRequest',
  sessionNonce: fields.bytesOrNone('sessionNonce', from.sessionNonce, wireLimits.idBytes),
})

export const writeHelloRequest = (message: HelloRequest): tillgate.v1.HelloRequest.$Properties => ({
  sessionNonce: orEmpty(message.sessionNonce),
})

/** The other end of `child.ts`: answers calls until whoever started this process lets go of it. */
import type { Reply, Request } from './calls.js'

type Handler = (input: unknown) => unknown

const answer = async (handlers: object, { id, name, input }: Request): Promise<Reply> => {
  const handler = (handlers as Readonly<Record<string, Handler | undefined>>)[name]
  if (handler === undefined) return { id, ok: false, error: `no call is named ${name}` }
  try {
    return { id, ok: true, value: await handler(input) }
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? (error.stack ?? '') : String(error) }
  }
}

/** `close` is called once, when nobody asks any more. */
export const serve = (handlers: object, close: () => Promise<void> | void): void => {
  process.on('message', (request: Request) => {
    void answer(handlers, request).then((reply) => process.send?.(reply))
  })
  process.once('disconnect', () => {
    void Promise.resolve(close()).finally(() => process.exit(0))
  })
}

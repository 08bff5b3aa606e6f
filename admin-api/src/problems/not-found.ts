/** Unknown paths are 404; known paths with another method are 405 and say which methods they take. */
import type { FastifyInstance } from 'fastify'

import { sendProblem } from './error-handler.js'
import { problem } from './problem.js'

interface KnownPath {
  readonly shape: RegExp
  readonly method: string
}

const shapeOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[A-Za-z0-9]+/g, '[^/]+')}$`)

/** Call before the routes: it learns them as they are added. */
export const addNotFound = (app: FastifyInstance): void => {
  const known: KnownPath[] = []
  app.addHook('onRoute', ({ url, method }) => {
    for (const one of [method].flat()) known.push({ shape: shapeOf(url), method: one })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = known.filter(({ shape }) => shape.test(path)).map(({ method }) => method)
    if (methods.length === 0) return sendProblem(request, reply, problem('NOT_FOUND'))
    const allow = [...new Set(methods)].sort().join(', ')
    return sendProblem(request, reply, problem('METHOD_NOT_ALLOWED', { headers: { allow } }))
  })
}

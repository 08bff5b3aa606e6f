/** Bodies as HTML forms and curl send them. */
import type { FastifyInstance } from 'fastify'

export const formType = 'application/x-www-form-urlencoded'

export const takeForms = (app: FastifyInstance): void => {
  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => {
    const fields: Record<string, unknown> = {}
    for (const [name, value] of new URLSearchParams(String(body))) {
      // Sent twice it is no text any more, and the schema says so.
      fields[name] = Object.hasOwn(fields, name) ? [fields[name], value] : value
    }
    done(null, fields)
  })
}

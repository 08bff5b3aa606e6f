/**
 * GET /v1/merchants/{id}/export: what is held about one merchant, as one JSON, for whoever has to answer for
 * it. Each export is a line of the ledger before anything of it leaves. It is streamed: a client that gets no
 * whole object has got none.
 */
import { Readable } from 'node:stream'
import { uuidToText } from '@tillgate/protocol'
import Type from 'typebox'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { merchantExport, merchantExportSchema } from '../exports/merchant-export.js'
import { apiLimits } from '../limits.js'
import { notFound, problem } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { toTime } from '../resources/time.js'
import type { ApiServices } from '../services.js'

export const merchantExportRoutes = (app: Api, services: ApiServices): void => {
  const { records, clock, ids } = services
  let underWay = 0

  app.get(
    '/v1/merchants/:id/export',
    {
      schema: {
        ...{ operationId: 'exportMerchant', tags: ['merchants'] },
        summary: 'What is held about a merchant',
        description:
          'Contacts and accounts are masked; codes, addresses of pages and contents of documents are not in it. ' +
          `At most ${String(apiLimits.exportsAtOnceMax)} at once; each is a line of the ledger.`,
        params: Type.Object({ id: uuidField }),
        response: { 200: merchantExportSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request, reply) => {
      const uuid = uuidOf('id', request.params.id)
      const merchant = await records.read('merchant-by-uuid', { uuid })
      if (merchant === undefined) throw notFound('id', 'merchant')
      if (underWay >= apiLimits.exportsAtOnceMax)
        throw problem('RATE_LIMITED', { detail: 'Too many exports are under way.' })
      underWay += 1
      const about = { id: uuidToText(ids.next()), by: callerOf(request).name, atMs: clock.now() }
      const { id: publicId, by: actor, atMs } = about
      try {
        const order = { publicId, merchantId: merchant.id, actor, atMs }
        const noted = await records.submit('note-export', order)
        if (!noted.ok) throw notFound('id', 'merchant')
      } catch (error) {
        underWay -= 1
        throw error
      }
      const said = { id: publicId, by: actor, at: toTime(atMs) }
      const stream = Readable.from(merchantExport(services, { merchant, export: said }))
      stream.once('close', () => (underWay -= 1))
      const name = `merchant-${uuidToText(uuid)}.json`
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('application/json; charset=utf-8')
        .send(stream as never)
    },
  )
}

/**
 * /v1/merchants/{id}/contacts: how a merchant is reached for codes and notices. What is given is kept sealed
 * and shown masked. Another number is another contact: none is ever changed.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { merchantLimits, noticeChannels } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { merchantContactSchema, toMerchantContact } from '../resources/merchant-contact.js'
import type { ApiServices } from '../services.js'

const newContact = Type.Object(
  {
    channel: Type.Enum([...noticeChannels]),
    to: Type.String({
      pattern: `^[!-~]{1,${String(merchantLimits.mailboxLengthMax)}}$`,
      description: 'A telephone number in E.164, a mailbox, or a name that your webhook knows.',
      examples: ['+8613800138000'],
    }),
    language: Type.Enum(['en', 'zh']),
  },
  {
    additionalProperties: false,
    examples: [{ channel: 'sms', to: '+8613800138000', language: 'zh' }],
  },
)

const tags = ['merchants']
const path = '/v1/merchants/:id/contacts'

const addReading = (app: Api, services: ApiServices): void => {
  const { records } = services
  app.get(
    path,
    {
      schema: {
        ...{ operationId: 'listMerchantContacts', tags },
        summary: 'List how a merchant is reached, masked',
        params: Type.Object({ id: uuidField }),
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(merchantContactSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const merchant = await records.read('merchant-by-uuid', { uuid })
      if (merchant === undefined) throw notFound('id', 'merchant')
      const page = await readPage('merchant-contacts', request.query, (at) =>
        records.read('contacts', { ...at, merchantId: merchant.id }),
      )
      return { items: page.rows.map(toMerchantContact), nextCursor: page.nextCursor }
    },
  )
}

export const merchantContactRoutes = (app: Api, services: ApiServices): void => {
  const { records, merchantSide } = services

  const show = async (uuid: Uint8Array) => {
    const row = await records.read('contact-by-uuid', { uuid })
    if (row === undefined) throw notFound('contactId', 'contact')
    return toMerchantContact(row)
  }

  addReading(app, services)

  app.post(
    path,
    {
      schema: {
        ...{ operationId: 'addMerchantContact', tags },
        summary: 'Say how a merchant is reached',
        params: Type.Object({ id: uuidField }),
        headers: idempotencyHeaders,
        body: newContact,
        response: { 200: merchantContactSchema, 201: merchantContactSchema },
      },
      config: {
        problems: [
          'NOT_FOUND',
          'QUEUE_FULL',
          'IDEMPOTENCY_MISMATCH',
          'SEALING_UNAVAILABLE',
          'DESTROYED',
        ],
      },
    },
    async (request, reply) => {
      const { channel, to, language } = request.body
      const before = services.ids.next()
      const answer = await merchantSide.addContact({
        merchantUuid: uuidOf('id', request.params.id),
        ...{ channel, to, language, uuid: before },
        actor: callerOf(request).name,
        ...idempotencyOf(services, request),
      })
      if (!answer.ok) {
        throw answer.code === 'NOT_FOUND' ? notFound('id', 'merchant') : refusal(answer)
      }
      const { publicId } = answer.value
      markReplay(reply, publicId !== uuidToText(before))
      return show(uuidOf('id', publicId))
    },
  )

  app.post(
    `${path}/:contactId/end`,
    {
      schema: {
        ...{ operationId: 'endMerchantContact', tags },
        summary: 'Reach a merchant no longer this way',
        description: 'What was sealed is thrown away at once.',
        params: Type.Object({ id: uuidField, contactId: uuidField }),
        response: { 200: merchantContactSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const { id, contactId } = request.params
      const merchant = await records.read('merchant-by-uuid', { uuid: uuidOf('id', id) })
      if (merchant === undefined) throw notFound('id', 'merchant')
      const uuid = uuidOf('contactId', contactId)
      const ended = await records.submit('end-contact', {
        ...{ uuid, merchantId: merchant.id },
        actor: callerOf(request).name,
        atMs: services.clock.now(),
      })
      if (!ended.ok) throw notFound('contactId', 'contact')
      return show(uuid)
    },
  )
}

/**
 * /m/{token}: a merchant's own page. Who has its address needs no account, and can do no more than ask,
 * confirm with a code that goes to a contact on record, and choose another time. Server-rendered, no script.
 */
import { Buffer } from 'node:buffer'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { localTime, printedAgreement, type CaseView, type LinkView } from '@tillgate/gateway'
import { uuidFromText } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { hashTokenText } from '../auth/token-text.js'
import { agreementHeaders } from '../merchant-pages/agreement-headers.js'
import { askBody } from '../merchant-pages/ask-page.js'
import { goneBody, pageHeaders, pageOf } from '../merchant-pages/html.js'
import { isSaid, type Said } from '../merchant-pages/page-words.js'
import type { Language } from '../merchant-pages/state-words.js'
import { statusBody } from '../merchant-pages/status-page.js'
import { formType, takeForms } from '../requests/form.js'
import type { ApiServices } from '../services.js'

const actor = 'merchant'
const htmlType = 'text/html; charset=utf-8'
const terminalsMax = 50

const params = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })
const language = Type.Optional(Type.Enum(['en', 'zh']))
const text = (max: number) => Type.String({ maxLength: max })

const form = <F extends Record<string, ReturnType<typeof text>>>(
  fields: F,
  example: { readonly [K in keyof F]: string },
) =>
  Type.Object({ ...fields, lang: language }, { additionalProperties: false, examples: [example] })

const forms = {
  request: form({ sn: text(64) }, { sn: 'PAX-A920-000017' }),
  code: form({ contact: text(36) }, { contact: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69' }),
  confirm: form({ code: text(16) }, { code: '492039' }),
  appointment: form({ day: text(16), time: text(16) }, { day: '2026-03-03', time: '17:30' }),
}

type Act = keyof typeof forms

interface Told {
  readonly token: string
  readonly lang: Language | undefined
}

const send = (reply: FastifyReply, status: number, html: string) =>
  reply
    .code(status)
    .headers(pageHeaders)
    .type(htmlType)
    .send(Buffer.from(html, 'utf8') as never)

/** Undefined where the address opens nothing (any more). */
const openLink = async (
  services: ApiServices,
  token: string,
): Promise<{ readonly link: LinkView; readonly view: CaseView | undefined } | undefined> => {
  const { records, clock } = services
  const link = await records.read('link-by-hash', { tokenHash: hashTokenText(services, token) })
  if (link === undefined || link.revokedAtMs !== null || link.expiresAtMs <= clock.now())
    return undefined
  const uuid = link.caseUuid
  return { link, view: uuid === null ? undefined : await records.read('case-by-uuid', { uuid }) }
}

type Opened = NonNullable<Awaited<ReturnType<typeof openLink>>>

const bodyOf = async (
  { records }: ApiServices,
  { link, view }: Opened,
  shown: Parameters<typeof statusBody>[0],
): Promise<string> => {
  const { merchantId } = link
  const page = { afterId: 0, limit: terminalsMax, merchantId, live: 1 as const }
  if (view !== undefined) {
    const contacts = await records.read('contacts', page)
    const agreement = await records.read('agreement-of-case', { caseId: view.id })
    return statusBody(shown, view, { contacts, hasAgreement: agreement !== undefined })
  }
  const bindings = await records.read('bindings', page)
  return askBody(
    shown,
    bindings.filter(({ state }) => state === 'ACTIVE'),
  )
}

/** A terminal of this very merchant; anybody else's is as if it were not there. */
const request = async (
  { records, cases, clock }: ApiServices,
  { link }: Opened,
  sn: string,
): Promise<Said> => {
  const page = { afterId: 0, limit: terminalsMax, merchantId: link.merchantId, live: 1 as const }
  const own = (await records.read('bindings', page)).some((one) => one.sn === sn)
  if (!own || link.caseId !== null) return 'not-now'
  const opened = await cases.open({ sn, reason: 'MERCHANT_REQUEST', actor })
  if (!opened.ok) return 'not-now'
  const view = await records.read('case-by-uuid', { uuid: opened.value.uuid })
  if (view === undefined) return 'not-now'
  const attached = { uuid: link.uuid, caseId: view.id, actor, atMs: clock.now() }
  return (await records.submit('attach-link', attached)).ok ? 'asked' : 'not-now'
}

const sendCode = async (
  { merchantSide }: ApiServices,
  { view }: Opened,
  contact: string,
): Promise<Said> => {
  const contactUuid = uuidFromText(contact)
  if (view === undefined || contactUuid === undefined) return 'not-now'
  const sent = await merchantSide.sendCode({ uuid: view.uuid, contactUuid, actor })
  if (sent.ok) return 'code-sent'
  return sent.code === 'RATE_LIMITED' ? 'too-often' : 'not-now'
}

const confirm = async (
  { merchantSide }: ApiServices,
  { view }: Opened,
  code: string,
): Promise<Said> => {
  if (view === undefined) return 'not-now'
  const answer = await merchantSide.confirmByCode({ uuid: view.uuid, code: code.trim(), actor })
  if (answer.ok || answer.code === 'ALREADY_DONE') return 'confirmed'
  return answer.code === 'CODE_REFUSED' ? 'wrong-code' : 'not-now'
}

const move = async (
  { cases }: ApiServices,
  { view }: Opened,
  { day, time }: { readonly day: string; readonly time: string },
): Promise<Said> => {
  const startsAtMs = localTime(day, time)
  if (view === undefined) return 'not-now'
  if (startsAtMs === undefined) return 'bad-time'
  const answer = await cases.reschedule({ uuid: view.uuid, startsAtMs, actor })
  if (answer.ok) return 'moved'
  if (answer.code === 'LIMIT_REACHED') return 'moved-too-often'
  return answer.code === 'VALIDATION' ? 'bad-time' : 'not-now'
}

type Fields = Readonly<Record<string, string>>

const acts: Readonly<
  Record<
    Act,
    { summary: string; does: (s: ApiServices, opened: Opened, said: Fields) => Promise<Said> }
  >
> = {
  request: {
    summary: 'A merchant asks for an unbind of one of his terminals',
    does: (services, opened, { sn = '' }) => request(services, opened, sn),
  },
  code: {
    summary: 'A merchant has a code sent to a contact on record',
    does: (services, opened, { contact = '' }) => sendCode(services, opened, contact),
  },
  confirm: {
    summary: 'A merchant confirms with the code',
    does: (services, opened, { code = '' }) => confirm(services, opened, code),
  },
  appointment: {
    summary: 'A merchant chooses another time',
    does: (services, opened, { day = '', time = '' }) => move(services, opened, { day, time }),
  },
}

const addPage = (app: Api, services: ApiServices): void => {
  app.get(
    '/m/:token',
    {
      schema: {
        ...{ operationId: 'showMerchantPage', tags: ['merchant pages'], params },
        summary: 'A merchant’s own page, in HTML',
        querystring: Type.Object({ lang: language, said: Type.Optional(text(16)) }),
        produces: ['text/html'],
        response: { 200: Type.String() },
      },
      config: { rate: 'merchant-pages' },
    },
    async (asked, reply) => {
      const { token } = asked.params
      const { lang, said } = asked.query
      const opened = await openLink(services, token)
      if (opened === undefined)
        return send(reply, 404, pageOf(lang ?? 'en', goneBody(lang ?? 'en')))
      const spoken = lang ?? opened.link.language
      const path = `/m/${token}`
      const merchant = opened.link.merchantName
      const known = isSaid(said) ? said : undefined
      const shown = { language: spoken, path, merchant, said: known }
      return send(reply, 200, pageOf(spoken, await bodyOf(services, opened, shown), path))
    },
  )
}

/** The version that was printed last; none is made for whoever opens this. */
const addAgreement = (app: Api, services: ApiServices): void => {
  app.get(
    '/m/:token/agreement',
    {
      schema: {
        ...{ operationId: 'showMerchantAgreement', tags: ['merchant pages'], params },
        summary: 'The closing agreement of a merchant’s case, in HTML to be printed',
        querystring: Type.Object({ lang: language }),
        produces: ['text/html'],
        response: { 200: Type.String() },
      },
      config: { rate: 'merchant-pages' },
    },
    async (asked, reply) => {
      const { token } = asked.params
      const opened = await openLink(services, token)
      const spoken = asked.query.lang ?? opened?.link.language ?? 'en'
      const caseId = opened?.link.caseId ?? null
      const row =
        caseId === null ? undefined : await services.records.read('agreement-of-case', { caseId })
      if (row === undefined) return send(reply, 404, pageOf(spoken, goneBody(spoken)))
      return reply
        .headers(agreementHeaders)
        .type(htmlType)
        .send(Buffer.from(printedAgreement(services.digest, row, spoken)) as never)
    },
  )
}

const addActs = (app: Api, services: ApiServices): void => {
  const after = async ({ token, lang }: Told, act: Act, said: Fields, reply: FastifyReply) => {
    const opened = await openLink(services, token)
    if (opened === undefined) return send(reply, 404, pageOf(lang ?? 'en', goneBody(lang ?? 'en')))
    const came = await acts[act].does(services, opened, said)
    const spoken = lang ?? opened.link.language
    return reply.headers(pageHeaders).redirect(`/m/${token}?lang=${spoken}&said=${came}`, 303)
  }

  for (const act of Object.keys(forms) as Act[]) {
    app.post(
      `/m/:token/${act}`,
      {
        schema: {
          operationId: `merchant${act.charAt(0).toUpperCase()}${act.slice(1)}`,
          tags: ['merchant pages'],
          summary: acts[act].summary,
          description: 'Leads back to the page, which says what came of it.',
          consumes: [formType],
          params,
          body: forms[act],
          response: { 303: Type.Null() },
        },
        config: { rate: 'merchant-pages' },
      },
      async (asked, reply) => {
        const { lang, ...said } = asked.body as Fields & { readonly lang?: Language }
        return after({ token: asked.params.token, lang }, act, said, reply)
      },
    )
  }
}

export const merchantPageRoutes = async (app: Api, services: ApiServices): Promise<void> => {
  await app.register(async (scoped) => {
    takeForms(scoped)
    addPage(scoped as Api, services)
    addAgreement(scoped as Api, services)
    addActs(scoped as Api, services)
  })
}

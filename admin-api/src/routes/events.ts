/**
 * /v1/events: the ledger, as pages, or live to who upgrades to WebSocket. Both speak of the same places:
 * the cursor of an event leads on from behind it, in a page or live.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import type { EventFilter, EventView } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { apiLimits } from '../limits.js'
import type { LiveEvents } from '../live/live-events.js'
import { invalidField, notFound } from '../problems/problem.js'
import { snField, uuidField, uuidOf } from '../requests/fields.js'
import { badCursor, decodeCursor, pageQuery } from '../requests/page.js'
import { eventCursor, eventList, eventWithCursorSchema, toEvent } from '../resources/event.js'
import type { ApiServices } from '../services.js'

const query = Type.Object(
  {
    ...pageQuery,
    after: Type.Optional(
      Type.String({
        description:
          'Only for a WebSocket: the cursor to go on from; `start` for the first event. Without it ' +
          'from now on.',
      }),
    ),
    terminal: Type.Optional(snField),
    command: Type.Optional(uuidField),
    kind: Type.Optional(
      Type.String({
        pattern: `^[A-Za-z0-9._-]{1,${String(apiLimits.eventKindLengthMax)}}$`,
        description: 'How the kind begins: `command.`, `alarm.`.',
        examples: ['command.'],
      }),
    ),
  },
  { additionalProperties: false },
)

type Query = Static<typeof query>

const pageSchema = Type.Object(
  {
    items: Type.Array(eventWithCursorSchema),
    nextCursor: Type.Union([Type.String(), Type.Null()], {
      description: 'Null on the last page. A page of a filter may be short and have a next one.',
    }),
    endCursor: Type.Union([Type.String(), Type.Null()], {
      description: 'The place behind this page, also on the last: go on from it later, or live.',
    }),
  },
  { additionalProperties: false },
)

const startWord = 'start'

const description =
  'Pages in the order of the commits. **Live:** the same URL as a WebSocket (`wss://`), with the token ' +
  'in the `Authorization` header, or as first message `{"token":"tgat_…"}` within 10 seconds, for ' +
  'browsers. `?after=` goes on exactly behind a cursor. Messages are JSON: `{"cursor","event"}` for each ' +
  'event, once and in order; `{"cursor","caughtUp":true}` once, when all that there was has been sent; ' +
  '`{"cursor","heartbeat"}` after 15 seconds of silence. Every cursor can be resumed from. The reason of a ' +
  'close is a word and the last cursor. Codes: 1012 the node is going down; 1013 try again; 4400 bad request ' +
  'or unexpected message; 4401 no token, or it has ended; 4403 it lacks the scope; 4404 no such terminal or ' +
  'command; 4408 the client did not read for 30 seconds; 4429 too many sockets.'

export const eventRoutes = (app: Api, services: ApiServices, live: LiveEvents): void => {
  const { records, events: feed } = services

  const filterOf = async ({ terminal, command, kind }: Query): Promise<EventFilter> => {
    const row =
      terminal === undefined ? undefined : await records.read('terminal-by-sn', { sn: terminal })
    if (terminal !== undefined && row === undefined) throw notFound('terminal', 'terminal')
    const uuid = command === undefined ? undefined : uuidOf('command', command)
    const view = uuid === undefined ? undefined : await records.read('command-by-uuid', { uuid })
    if (uuid !== undefined && view === undefined) throw notFound('command', 'command')
    return {
      ...(row === undefined ? {} : { terminalId: row.id }),
      ...(view === undefined ? {} : { commandId: view.id }),
      ...(kind === undefined ? {} : { kindPrefix: kind }),
    }
  }

  const positionOf = (field: string, cursor: string, head: number): number => {
    const position = decodeCursor(eventList, cursor)
    // Behind it: a place that these records never had. They are older than the cursor, or others.
    if (position !== undefined && position <= head) return position
    throw badCursor(field, 'must be a cursor of this ledger')
  }

  const startOf = async ({ after, limit, cursor, ...filters }: Query, head: number) => {
    if (cursor !== undefined) throw invalidField('cursor', 'is for pages; live it is `after`')
    if (limit !== undefined) throw invalidField('limit', 'is for pages')
    const filter = await filterOf(filters)
    if (after === undefined) return { after: head, filter }
    return { after: after === startWord ? 0 : positionOf('after', after, head), filter }
  }

  const pageOf = async (
    { limit = apiLimits.pageRowsDefault, cursor, ...rest }: Query,
    head: number,
  ) => {
    if (rest.after !== undefined)
      throw invalidField('after', 'is for a WebSocket; here it is `cursor`')
    const filter = await filterOf(rest)
    let position = cursor === undefined ? 0 : positionOf('cursor', cursor, head)
    const items: EventView[] = []
    let more = true
    for (let looks = 0; more && items.length < limit; looks++) {
      if (looks === apiLimits.eventLooksPerPageMax) break
      const room = limit - items.length
      const page = await feed.read({ after: position, limit: room, filter, head })
      items.push(...page.events)
      ;({ position, more } = page)
    }
    const endCursor = position === 0 ? null : eventCursor(position)
    return { items: items.map(toEvent), nextCursor: more ? endCursor : null, endCursor }
  }

  app.get(
    '/v1/events',
    {
      schema: {
        operationId: 'listEvents',
        tags: ['events'],
        summary: 'The ledger, in pages or live',
        description,
        querystring: query,
        response: {
          101: Type.Null({ description: 'Live from now on: WebSocket (RFC 6455).' }),
          200: pageSchema,
        },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'], tokenInMessage: true },
    },
    async (request, reply) => {
      // Looked up before a handshake, so that what is committed during it comes too.
      const head = await feed.head()
      if (!live.wanted(request)) return pageOf(request.query, head)
      await live.serve(request, reply, () => startOf(request.query, head))
      return reply
    },
  )
}

// What every adapter of the event feed must keep. An adapter's own test file hands its maker to
// `eventFeedContract`.
import { describe, expect, test } from 'vitest'
import type { EventFeed, EventFilter, EventView, Records } from '@tillgate/gateway'
import { waitFor } from '../../ground/index.js'
import { binding, merchant, terminal } from '../records/inputs.js'

export interface FeedUnderTest {
  readonly feed: EventFeed
  /** What it follows. */
  readonly records: Records
}

type Make = () => Promise<FeedUnderTest>

const everything: EventFilter = {}

const merchants = (records: Records, from: number, to: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: to - from }, (_, n) =>
      records.submit('create-merchant', merchant(`M${String(from + n)}`)),
    ),
  )

/** Reads page after page to the end. */
const readOn = async (
  feed: EventFeed,
  from: number,
  filter = everything,
): Promise<{ readonly events: readonly EventView[]; readonly position: number }> => {
  const events: EventView[] = []
  let position = from
  for (;;) {
    const page = await feed.read({ after: position, limit: 7, filter })
    expect(page.events.length).toBeLessThanOrEqual(7)
    expect(page.position).toBeGreaterThanOrEqual(position)
    events.push(...page.events)
    position = page.position
    if (!page.more) return { events, position }
  }
}

const idsOf = (events: readonly { readonly id: number }[]): readonly number[] =>
  events.map(({ id }) => id)

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, i) => i + 1)

/** Pulls whenever it is woken, as a live socket does. */
const follower = (feed: EventFeed, from: number) => {
  const seen: EventView[] = []
  let position = from
  let pulling = Promise.resolve()
  const pull = async (): Promise<void> => {
    const { events, position: to } = await readOn(feed, position)
    seen.push(...events)
    position = to
  }
  const following = feed.follow(() => (pulling = pulling.then(pull)))
  pulling = pulling.then(pull)
  return { seen, stop: () => following.stop(), settled: () => pulling }
}

const reading = (make: Make): void => {
  test('an empty ledger ends at 0 and has no events', async () => {
    const { feed } = await make()
    expect(await feed.head()).toBe(0)
    const page = await feed.read({ after: 0, limit: 10, filter: everything })
    expect(page).toEqual({ events: [], position: 0, more: false })
  })

  test('pages give every event behind a position once and in order', async () => {
    const { feed, records } = await make()
    await merchants(records, 0, 40)
    expect(await feed.head()).toBe(40)
    expect(idsOf((await readOn(feed, 0)).events)).toEqual(upTo(40))
    expect(idsOf((await readOn(feed, 33)).events)).toEqual([34, 35, 36, 37, 38, 39, 40])
    expect((await readOn(feed, 40)).events).toEqual([])
  })

  test('an event names terminal, command and binding as people know them', async () => {
    const { feed, records } = await make()
    await merchants(records, 0, 1)
    await records.submit('register-terminal', terminal('SN1'))
    await records.submit('order-binding', binding(1, 'T1'))
    const { events } = await readOn(feed, 0, { kindPrefix: 'command.ordered' })
    const [bound] = await records.read('bindings', { afterId: 0, limit: 1 })
    const [command] = await records.read('commands', { afterId: 0, limit: 1 })
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      sn: 'SN1',
      bindingUuid: bound?.uuid,
      commandUuid: command?.uuid,
    })
  })

  test('a filter gives what matches, and its position passes what does not', async () => {
    const { feed, records } = await make()
    await merchants(records, 0, 3)
    await records.submit('register-terminal', terminal('SN1'))
    await records.submit('register-terminal', terminal('SN2'))
    await records.submit('order-binding', binding(2, 'T1'))
    await merchants(records, 3, 30)
    const ask = async (filter: EventFilter) => {
      const { events, position } = await readOn(feed, 0, filter)
      return { kinds: events.map(({ kind }) => kind), position }
    }
    const position = 34
    const look = async () => [
      await ask({ terminalId: 2 }),
      await ask({ commandId: 1 }),
      await ask({ kindPrefix: 'terminal.' }),
      await ask({ kindPrefix: 'terminal.', terminalId: 1 }),
      await ask({ kindPrefix: 'terminal_' }),
    ]
    const expected = [
      { kinds: ['terminal.registered', 'binding.delivering', 'command.ordered'], position },
      { kinds: ['binding.delivering', 'command.ordered'], position },
      { kinds: ['terminal.registered', 'terminal.registered'], position },
      { kinds: ['terminal.registered'], position },
      { kinds: [], position },
    ]
    expect(await look()).toEqual(expected)
    const following = feed.follow(() => undefined)
    await waitFor(() => feed.counts().head === position, { what: 'the feed to be at the end' })
    expect(await look()).toEqual(expected)
    following.stop()
  })
}

const following = (make: Make): void => {
  test('a follower gets each event once and in order, whenever it was committed', async () => {
    const { feed, records } = await make()
    await merchants(records, 0, 50)
    const early = follower(feed, 0)
    const committing = merchants(records, 50, 400)
    const late = follower(feed, 20)
    await committing
    feed.nudge()
    for (const [one, from] of [
      [early, 0],
      [late, 20],
    ] as const) {
      await waitFor(() => one.seen.length >= 400 - from, { what: 'all events' })
      await one.settled()
      expect(idsOf(one.seen)).toEqual(upTo(400).slice(from))
      one.stop()
    }
  })

  test('without a nudge it is woken by the feed’s own beat', async () => {
    const { feed, records } = await make()
    const one = follower(feed, 0)
    await waitFor(() => feed.counts().head === 0, { what: 'the feed to follow' })
    await merchants(records, 0, 3)
    await waitFor(() => one.seen.length === 3, { what: 'the events' })
    one.stop()
  })

  test('who knows that the ledger goes further is not answered from memory that is behind', async () => {
    const { feed, records } = await make()
    const one = follower(feed, 0)
    await waitFor(() => feed.counts().head === 0, { what: 'the feed to follow' })
    await merchants(records, 0, 3)
    const head = await feed.head()
    const page = await feed.read({ after: 0, limit: 10, filter: everything, head })
    expect(idsOf(page.events)).toEqual(upTo(3))
    one.stop()
  })

  test('nobody is woken who has stopped, and the other follower still is', async () => {
    const { feed, records } = await make()
    const stopped = follower(feed, 0)
    const staying = follower(feed, 0)
    stopped.stop()
    await merchants(records, 0, 5)
    feed.nudge()
    await waitFor(() => staying.seen.length === 5, { what: 'the events' })
    expect(stopped.seen.length).toBeLessThan(5)
    expect(feed.counts().followers).toBe(1)
    staying.stop()
  })

  test('what it keeps is bounded, and who is further behind misses nothing', async () => {
    const { feed, records } = await make()
    const ahead = follower(feed, 0)
    for (let n = 0; n < 6_000; n += 1_000) await merchants(records, n, n + 1_000)
    feed.nudge()
    await waitFor(() => ahead.seen.length === 6_000, { what: 'the events' })
    expect(feed.counts().kept).toBeLessThan(6_000)
    expect(idsOf((await readOn(feed, 0)).events)).toEqual(upTo(6_000))
    ahead.stop()
  })
}

export const eventFeedContract = (adapter: string, make: Make): void => {
  describe(`the event feed over ${adapter}`, () => {
    reading(make)
    following(make)
  })
}

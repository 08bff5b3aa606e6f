/** The messages of a live socket as text. An event's is made once, however many sockets it goes to. */
import type { EventView } from '@tillgate/gateway'

import { eventCursor, toEvent } from '../resources/event.js'
import { toTime } from '../resources/time.js'

const made = new WeakMap<EventView, string>()

export const eventText = (event: EventView): string => {
  const before = made.get(event)
  if (before !== undefined) return before
  const text = JSON.stringify(toEvent(event))
  made.set(event, text)
  return text
}

/** Before the first event there is no place to name. */
export const cursorOrNull = (position: number): string | null =>
  position === 0 ? null : eventCursor(position)

export const caughtUpText = (position: number): string =>
  JSON.stringify({ cursor: cursorOrNull(position), caughtUp: true })

export const heartbeatText = (position: number, nowMs: number): string =>
  JSON.stringify({ cursor: cursorOrNull(position), heartbeat: toTime(nowMs) })

import { expect, it } from 'vitest'

import type { LinkSession } from '../ports/link.js'
import { newSession, type Session } from './session.js'
import { SessionRegistry } from './registry.js'

const session = (id: number, brokered: boolean, fence: number): Session => {
  const link = { id, terminalId: 3, sn: 'SN1', admission: { certificateId: 4 } }
  const made = newSession(link as unknown as LinkSession, undefined, brokered)
  made.greeting = { lane: { fence } } as unknown as NonNullable<Session['greeting']>
  return made
}

const standing = (brokered: boolean, first: [number, number], then: [number, number]) => {
  const sessions = new SessionRegistry()
  const stands = session(first[0], brokered, first[1])
  sessions.greet(stands)
  const other = session(then[0], brokered, then[1])
  return sessions.overtaking(other, then[1]) === stands ? 'overtaken' : 'stands'
}

it('at a listener the later connection counts, whatever the lane says', () => {
  expect(standing(false, [2, 5], [1, 6])).toBe('overtaken')
  expect(standing(false, [1, 6], [2, 5])).toBe('stands')
})

it('behind a broker the later to take the lane counts, however Hellos were dealt', () => {
  expect(standing(true, [2, 5], [1, 6])).toBe('stands')
  expect(standing(true, [1, 6], [2, 5])).toBe('overtaken')
})

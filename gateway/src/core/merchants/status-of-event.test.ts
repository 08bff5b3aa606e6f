import { describe, expect, test } from 'vitest'

import { noticeKinds, noticeText } from './notice-texts.js'
import { isEnding, statusOfEvent } from './status-of-event.js'

const line = (kind: string, data: object = {}) =>
  statusOfEvent({ kind, data: JSON.stringify(data), atMs: 1_000 })

describe('what a merchant hears of', () => {
  test.each([
    ['case.approved', {}, { kind: 'accepted' }],
    ['case.rejected', { to: 'REJECTED' }, { kind: 'refused' }],
    ['case.rescheduled', { startsAtMs: 2_000 }, { kind: 'appointment', startsAtMs: 2_000 }],
    ['case.opened', { startsAtMs: 2_000 }, { kind: 'appointment', startsAtMs: 2_000 }],
    ['case.postponed', { to: 'POSTPONED', times: 1 }, { kind: 'postponed' }],
    ['case.cancelled', { to: 'CANCELLED' }, { kind: 'cancelled' }],
    ['case.closed', { to: 'CLOSED' }, { kind: 'done' }],
    ['case.proven_late', { to: 'CLOSED' }, { kind: 'done' }],
    ['case.closed_unproven', { to: 'CLOSED_UNPROVEN' }, { kind: 'forced' }],
  ])('%s %j', (kind, data, news) => {
    expect(line(kind, data)).toEqual(news)
  })

  test.each([
    ['case.opened', { startsAtMs: 1_000 }],
    ['case.opened', {}],
    ['case.approved_still', {}],
    ['case.proven_late', { to: 'CLOSED_UNPROVEN' }],
    ['case.forced', { to: 'FORCED' }],
    ['case.blocked', { because: 'UNSETTLED_BATCH' }],
    ['case.code_sent', {}],
  ])('is not %s %j', (kind, data) => {
    expect(line(kind, data)).toBeUndefined()
  })

  test('what ended his case is kept room for', () => {
    expect(noticeKinds.filter((kind) => kind !== 'code' && isEnding(kind))).toEqual([
      'refused',
      'cancelled',
      'done',
      'forced',
    ])
  })
})

describe.each(noticeKinds)('the text of %s', (kind) => {
  test.each(['en', 'zh'] as const)('in %s names shop and terminal, and no more', (language) => {
    const facts = { merchant: '街角 Corner', sn: 'PAX-A920-000017', code: '492039' }
    const { subject, text } = noticeText(kind, language, {
      ...facts,
      startsAtMs: 1_772_355_600_000,
    })
    expect(text).toContain('街角 Corner')
    expect(text).toContain('0017')
    expect(text).not.toContain('PAX')
    expect(text.includes('492039')).toBe(kind === 'code')
    expect(text.includes('2026-03-01 17:00')).toBe(['accepted', 'appointment'].includes(kind))
    expect(subject.length).toBeGreaterThan(2)
    expect(/[一-鿿]/.test(subject)).toBe(language === 'zh')
  })
})

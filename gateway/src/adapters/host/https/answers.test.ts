import { describe, expect, it } from 'vitest'
import { answerFrom, viewFrom } from './answers.js'

const tid = { acquirerCode: '4802', mid: 'M1', tid: 'T1' }
const call = { ...tid, callNumber: 7, reason: 'unbind' }
const json = (value: unknown): string => JSON.stringify(value)

describe('an answer of the host', () => {
  it('counts only when it names the state asked for and this call’s number', () => {
    const right = { status: 200, body: json({ ...tid, state: 'blocked', callNumber: 7 }) }
    expect(answerFrom('block', call, right)).toEqual({ ok: true, state: 'blocked' })
    const wrong = [
      json({ ...tid, state: 'open', callNumber: 7 }),
      json({ ...tid, state: 'blocked', callNumber: 6 }),
      json({ ...tid, state: 'blocked' }),
      json({ ...tid, tid: 'T2', state: 'blocked', callNumber: 7 }),
      json({ state: 'blocked', callNumber: 7 }),
      json([]),
      '<html>signed in</html>',
      '',
    ]
    for (const body of wrong) {
      expect(answerFrom('block', call, { status: 200, body }), body).toMatchObject({
        ok: false,
        code: 'unavailable',
      })
    }
  })

  it.each([
    [409, 'stale', 'stale'],
    [409, 'number-reused', 'refused'],
    [404, 'unknown-tid', 'unknown-tid'],
    [400, 'bad-field', 'refused'],
    [409, 'something', 'unavailable'],
    [404, 'unknown-path', 'unavailable'],
    [401, 'unauthorised', 'unavailable'],
    [302, 'stale', 'unavailable'],
    [503, 'not-durable', 'unavailable'],
  ])('%i with the code %s is %s', (status, code, expected) => {
    const answer = answerFrom('unblock', call, { status, body: json({ code, detail: 'd' }) })
    expect(answer).toEqual({ ok: false, code: expected, detail: `${String(status)}: d` })
  })

  it('shows the TID that was asked for, or nothing', () => {
    const show = (fields: object) => viewFrom(tid, { status: 200, body: json(fields) })
    const right = { ...tid, state: 'open', callNumber: 0, sn: 'x' }
    expect(show(right)).toEqual({ ok: true, state: 'open', callNumber: 0 })
    for (const wrong of [{ state: 'closed' }, { callNumber: '0' }, { tid: 'T2' }, { mid: '' }]) {
      expect(show({ ...right, ...wrong })).toMatchObject({ code: 'unavailable' })
    }
    expect(viewFrom(tid, { status: 404, body: '{}' })).toMatchObject({ code: 'unavailable' })
  })

  it('keeps a long detail short', () => {
    const answer = answerFrom('block', call, {
      status: 503,
      body: json({ detail: 'x'.repeat(9e4) }),
    })
    expect(answer.ok ? 0 : answer.detail.length).toBe(200)
  })
})

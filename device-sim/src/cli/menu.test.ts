import { framesOf } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import { createMenu } from './menu.js'

const menuOf = () => {
  const did: (string | readonly string[])[] = []
  const line = createMenu({
    unbindOffline: () => void did.push('unbind'),
    cancelOffline: () => void did.push('cancel'),
    readAnswer: (frames) => void did.push(frames),
  })
  return { did, line }
}

const bytesOf = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)

describe('the menu', () => {
  test('begins an unbind and gives it up', () => {
    const { did, line } = menuOf()
    expect(line(' Unbind ')).toEqual({ ok: true, did: 'unbind' })
    expect(line('cancel')).toEqual({ ok: true, did: 'cancel' })
    expect(line('  ')).toEqual({ ok: true, did: 'nothing' })
    expect(did).toEqual(['unbind', 'cancel'])
  })

  test('collects frames in any order, says which are missing, and has them read once', () => {
    const { did, line } = menuOf()
    const [one = '', two = '', three = ''] = framesOf(bytesOf(800, 7))
    expect(line(three)).toEqual({ ok: true, did: 'frame', missing: [1, 2] })
    expect(line(three)).toEqual({ ok: true, did: 'frame', missing: [1, 2] })
    expect(line(one.toLowerCase())).toEqual({ ok: true, did: 'frame', missing: [2] })
    expect(did).toEqual([])
    expect(line(two)).toEqual({ ok: true, did: 'read' })
    expect(did).toEqual([[three, one.toLowerCase(), two]])
    expect(line(one)).toEqual({ ok: true, did: 'frame', missing: [2, 3] })
  })

  test('begins anew with a frame of another set', () => {
    const { did, line } = menuOf()
    const [old = ''] = framesOf(bytesOf(800, 7))
    const [one = '', two = ''] = framesOf(bytesOf(400, 8))
    line(old)
    expect(line(one)).toEqual({ ok: true, did: 'frame', missing: [2] })
    line(two)
    expect(did).toEqual([[one, two]])
  })

  test('refuses what is neither', () => {
    const { did, line } = menuOf()
    expect(line('erase')).toMatchObject({ ok: false })
    expect(line('TG1:1/1:00000000:1')).toMatchObject({ ok: false })
    expect(did).toEqual([])
  })
})

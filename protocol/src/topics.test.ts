// Topics and serial numbers, by their vectors.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { downTopic, isSerialNumber, parseTopic, stateTopic, upTopic } from './topics.js'

interface Vectors {
  readonly topics: readonly { topic: string; sn: string; channel: 'down' | 'up' | 'state' }[]
  readonly refusedTopics: readonly string[]
  readonly serialNumbers: readonly string[]
  readonly refusedSerialNumbers: readonly string[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/topics.json', import.meta.url), 'utf8'),
) as Vectors

const make = { down: downTopic, up: upTopic, state: stateTopic }

describe('topics', () => {
  test.each(vectors.topics)('$topic', ({ topic, sn, channel }) => {
    expect(make[channel](sn)).toBe(topic)
    expect(parseTopic(topic)).toEqual({ sn, channel })
  })

  test.each(vectors.refusedTopics)('no topic of a terminal: %j', (topic) => {
    expect(parseTopic(topic)).toBeUndefined()
  })

  test.each(vectors.serialNumbers)('serial number %j', (sn) => {
    expect(isSerialNumber(sn)).toBe(true)
    expect(parseTopic(upTopic(sn))).toEqual({ sn, channel: 'up' })
  })

  test.each(vectors.refusedSerialNumbers)('no serial number: %j', (sn) => {
    expect(isSerialNumber(sn)).toBe(false)
    expect(() => upTopic(sn)).toThrow(RangeError)
  })
})

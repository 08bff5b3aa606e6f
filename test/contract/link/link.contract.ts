/**
 * What holds of anything between terminals and the core, whether it holds their sockets itself or leaves
 * that to a broker: bytes pass unchanged, nothing is acknowledged before it is answered, and what is
 * acknowledged is so in the order in which it came.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { waitFor } from '../../ground/index.js'

export interface Heard {
  readonly sn: string
  readonly channel: string
  readonly payload: Uint8Array
  answer(ok: boolean): void
  /** It can't be made durable. */
  fail(): void
}

export interface Arrived {
  readonly payload: Uint8Array
  readonly qos: number
  readonly retain: boolean
}

export interface LinkOnTrial {
  readonly sn: string
  /** What the handler was told, in order. It answers when the test says so. */
  heard(): readonly Heard[]
  /** The terminal says something; it is known by its number. */
  publish(number: number, channel: 'up' | 'state', payload: Uint8Array): void
  /** The numbers that the link has acknowledged, to whomever it got them from, in order. */
  acknowledged(): readonly number[]
  /** What has arrived at the terminal. */
  arrived(): readonly Arrived[]
  send(payload: Uint8Array): string
  /** Whether what the link got its uplinks from was parted from, so that it gives them again. */
  hasParted(): boolean
  stop(): Promise<void>
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)

export const linkContract = (name: string, open: () => Promise<LinkOnTrial>): void => {
  describe(`the link: ${name}`, () => {
    let link: LinkOnTrial

    const opened = async (): Promise<LinkOnTrial> => (link = await open())
    const heardAll = (count: number): Promise<unknown> =>
      waitFor(() => link.heard().length >= count, { what: `${String(count)} uplinks` })
    const acknowledgedAll = (numbers: readonly number[]): Promise<unknown> =>
      waitFor(() => link.acknowledged().length >= numbers.length, { what: 'acknowledgements' })

    afterEach(() => link.stop())

    test('hands an uplink on as it was said, with the serial number of its topic', async () => {
      const { sn, heard, publish } = await opened()
      publish(11, 'up', everyByte)
      publish(12, 'state', bytes(1))
      await heardAll(2)
      expect(heard().map((one) => [one.sn, one.channel])).toEqual([
        [sn, 'up'],
        [sn, 'state'],
      ])
      expect(new Uint8Array(heard()[0]!.payload)).toEqual(everyByte)
      for (const one of heard()) one.answer(true)
    })

    test('acknowledges nothing before it is answered, and in order whatever is answered first', async () => {
      const { heard, publish, acknowledged } = await opened()
      for (const number of [11, 12, 13, 14]) publish(number, 'up', bytes(number))
      await heardAll(4)
      heard()[2]?.answer(true)
      heard()[1]?.answer(false)
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(acknowledged()).toEqual([])
      heard()[0]?.answer(true)
      await acknowledgedAll([11, 12, 13])
      expect(acknowledged()).toEqual([11, 12, 13])
      heard()[3]?.answer(true)
      await acknowledgedAll([11, 12, 13, 14])
      expect(acknowledged()).toEqual([11, 12, 13, 14])
    })

    test('does not acknowledge what could not be made durable: it parts, and is given it again', async () => {
      const { heard, publish, acknowledged, hasParted } = await opened()
      publish(11, 'up', bytes(1))
      await heardAll(1)
      heard()[0]?.fail()
      await waitFor(hasParted, { what: 'the link to part' })
      expect(acknowledged()).toEqual([])
    })

    test('carries a downlink as it was given, at QoS 1, never retained', async () => {
      const { send, arrived } = await opened()
      expect(send(everyByte)).toBe('queued')
      await waitFor(() => arrived().length > 0, { what: 'the downlink' })
      expect(arrived()).toEqual([{ payload: everyByte, qos: 1, retain: false }])
    })

    test('says that nobody is there once it has stopped', async () => {
      const { send, stop } = await opened()
      await stop()
      expect(send(bytes(1))).toBe('closed')
    })
  })
}

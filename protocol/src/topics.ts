// The three topics of a terminal, and the serial number that stands in them. README.md §2.
// A serial number is never taken from a topic as an identity: the certificate alone says who it is.
import { wireLimits } from './limits.js'

export type Channel = 'down' | 'up' | 'state'

const prefix = 'tg/1/'
const channels: ReadonlySet<string> = new Set<Channel>(['down', 'up', 'state'])
const isChannel = (text: string): text is Channel => channels.has(text)

/** Addressee of what goes to every terminal alike: the SignerList, and nothing else. */
export const fleetSn = '*'

export const isSerialNumber = (text: string): boolean =>
  text.length <= wireLimits.snLengthMax && /^[A-Za-z0-9._-]+$/.test(text)

const topic = (sn: string, channel: Channel): string => {
  if (!isSerialNumber(sn)) throw new RangeError('topic: not a serial number')
  return `${prefix}${sn}/${channel}`
}

export const downTopic = (sn: string): string => topic(sn, 'down')
export const upTopic = (sn: string): string => topic(sn, 'up')
export const stateTopic = (sn: string): string => topic(sn, 'state')

export const parseTopic = (
  text: string,
): { readonly sn: string; readonly channel: Channel } | undefined => {
  if (!text.startsWith(prefix)) return undefined
  const [sn, channel, ...rest] = text.slice(prefix.length).split('/')
  if (sn === undefined || channel === undefined || rest.length > 0) return undefined
  return isSerialNumber(sn) && isChannel(channel) ? { sn, channel } : undefined
}

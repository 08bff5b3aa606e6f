/**
 * The values of options, parsed where they come in: what is refused names its rule, and commander names
 * the option. Nothing starts before all of them are understood.
 */
import { isSerialNumber } from '@tillgate/protocol'
import { InvalidArgumentError } from 'commander'
import { serialNumber } from '../fleet/fleet.js'
import { isBehaviourName, shareFault, type Shares } from '../fleet/mix.js'
import type { BehaviourName } from '../fleet/catalogue.js'

const refuse = (rule: string): never => {
  throw new InvalidArgumentError(rule)
}

const isNumber = /^\d+(\.\d+)?$/

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    const isWhole = isNumber.test(text) && Number.isInteger(value)
    if (isWhole && value >= min && value <= max) return value
    return refuse(`It must be a whole number from ${String(min)} to ${String(max)}.`)
  }

const secondsMax = 31 * 86_400

export const seconds =
  (min: number) =>
  (text: string): number => {
    const value = Number(text)
    if (isNumber.test(text) && value >= min && value <= secondsMax) return value
    return refuse(`It must be a number of seconds from ${String(min)} to ${String(secondsMax)}.`)
  }

const factorMin = 0.001
const factorMax = 10_000

export const factor = (text: string): number => {
  const value = Number(text)
  if (isNumber.test(text) && value >= factorMin && value <= factorMax) return value
  return refuse(`It must be a number from ${String(factorMin)} to ${String(factorMax)}.`)
}

export const mqttVersion = (text: string): 4 | 5 => {
  if (text === '3.1.1') return 4
  return text === '5' ? 5 : refuse('It must be 3.1.1 or 5.')
}

export const urlOf =
  (...protocols: readonly string[]) =>
  (text: string): string => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url !== undefined && protocols.includes(url.protocol) && url.hostname !== '') return text
    return refuse(
      `It must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    )
  }

export interface Address {
  readonly host: string
  readonly port: number
}

const portMax = 65_535

export const address = (text: string): Address => {
  const at = text.lastIndexOf(':')
  const [host, port] = [text.slice(0, at), Number(text.slice(at + 1))]
  const isPort = Number.isInteger(port) && port >= 1 && port <= portMax
  return at > 0 && isPort ? { host, port } : refuse('It must be a host and a port, host:port.')
}

export const fleetSeed = (text: string): string =>
  text !== '' && isSerialNumber(serialNumber(text, 0))
    ? text
    : refuse(
        'It stands in serial numbers: letters, digits, dot, dash and underscore, not too many.',
      )

/** `name=share,name=share`; once more adds to it. */
export const shares = (text: string, before: Shares = {}): Shares => {
  const named: Partial<Record<BehaviourName, number>> = { ...before }
  for (const part of text.split(',')) {
    const [name = '', share = '', ...more] = part.trim().split('=')
    if (share === '' || more.length > 0)
      return refuse(`${JSON.stringify(part)} must be name=share.`)
    const value = isNumber.test(share) ? Number(share) : Number.NaN
    const fault = shareFault(name, value)
    if (fault !== undefined) return refuse(`${fault[0]?.toUpperCase() ?? ''}${fault.slice(1)}.`)
    if (isBehaviourName(name)) named[name] = value
  }
  return named
}

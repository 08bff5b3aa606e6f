import { describe, expect, test } from 'vitest'
import { domainShares } from '../fleet/mix.js'
import { fleetCommand } from './fleet.js'
import { shares } from './values.js'

/** What it says of the words, without running anything. */
const refusalOf = (words: readonly string[]): string => {
  let said = ''
  const command = fleetCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => void (said += text) })
    .action(() => {
      throw new Error('it started')
    })
  expect(() => command.parse([...words], { from: 'user' })).toThrow()
  return said
}

describe('an option that is not understood is refused by its name and its rule', () => {
  test.each([
    [['--count', '0'], 'a whole number from 1 to 100000'],
    [['--count', '1e3'], 'a whole number from 1 to 100000'],
    [['--count', '1.5'], 'a whole number from 1 to 100000'],
    [['--seed', 'a b'], 'letters, digits, dot, dash and underscore'],
    [['--seed', ''], 'letters, digits, dot, dash and underscore'],
    [['--seed', 'x'.repeat(80)], 'not too many'],
    [['--mqtt', '4'], 'It must be 3.1.1 or 5'],
    [['--keep-alive', '-1'], 'a whole number from 0 to 65535'],
    [['--for', 'soon'], 'a number of seconds from 0.1'],
    [['--for', 'Infinity'], 'a number of seconds from 0.1'],
    [['--spread', '-1'], 'a number of seconds from 0'],
    [['--every', '0'], 'a number of seconds from 0.1'],
    [['--speed', '0'], 'a number from 0.001 to 10000'],
    [['--url', 'mqtt://localhost'], 'begins with mqtts:// or wss://'],
    [['--url', 'mqtts://'], 'begins with mqtts:// or wss://'],
    [['--api', 'localhost:8443'], 'begins with https://'],
    [['--host', 'localhost'], 'host:port'],
    [['--host', ':9443'], 'host:port'],
    [['--host', 'localhost:70000'], 'host:port'],
    [['--behaviours', 'half-open'], 'must be name=share'],
    [['--behaviours', 'half-open=0.1,'], 'must be name=share'],
    [['--behaviours', 'half-open=1.5'], 'must be a number from 0 to 1'],
    [['--behaviours', 'half-open=-1'], 'must be a number from 0 to 1'],
    [['--behaviours', 'half-open=a'], 'must be a number from 0 to 1'],
    [['--behaviours', 'half-dead=1'], 'No behaviour is named "half-dead"'],
    [['--behaviours', 'constructor=1'], 'No behaviour is named "constructor"'],
  ])('%j', (words, rule) => {
    const said = refusalOf(words)
    expect(said).toContain(`option '${words[0] ?? ''}`)
    expect(said).toContain(rule)
  })
})

test('shares are named one by one, and once more adds to them', () => {
  expect(shares('half-open=0.25, slow-link=1')).toEqual({ 'half-open': 0.25, 'slow-link': 1 })
  expect(shares('slow-link=0', { 'half-open': 1 })).toEqual({ 'half-open': 1, 'slow-link': 0 })
})

test('every share of this world is one', () => {
  for (const [name, share] of Object.entries(domainShares)) {
    expect(shares(`${name}=${String(share)}`)).toEqual({ [name]: share })
  }
})

import { describe, expect, test } from 'vitest'
import { nameOfServers, redisServersFrom } from './servers.js'

const serversOf = (text: string) => {
  const answer = redisServersFrom(text)
  if (!answer.ok) throw new Error(answer.why)
  return answer.servers
}

describe('a line that names servers', () => {
  test('one server, with what may stand before and behind it', () => {
    expect(serversOf('redis://cache')).toEqual({
      kind: 'single',
      address: { host: 'cache', port: 6_379 },
      db: 0,
    })
    expect(serversOf(' rediss://till:a%40b%3Ac@[::1]:7000/3 ')).toEqual({
      kind: 'single',
      address: { host: '::1', port: 7_000 },
      db: 3,
      username: 'till',
      password: 'a@b:c',
      tls: {},
    })
    expect(serversOf('redis://:p:q@cache/')).toMatchObject({ password: 'p:q' })
  })

  test('a group behind Sentinels', () => {
    expect(serversOf('redis+sentinel://:s3@h1:1,h2/till/2?sentinelPassword=%2525')).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'h1', port: 1 },
        { host: 'h2', port: 26_379 },
      ],
      name: 'till',
      db: 2,
      password: 's3',
      sentinelPassword: '%25',
    })
  })

  test('a cluster', () => {
    expect(serversOf('rediss+cluster://u:p@h1,h2:2')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'h1', port: 6_379 },
        { host: 'h2', port: 2 },
      ],
      username: 'u',
      password: 'p',
      tls: {},
    })
  })

  test.for([
    ['', 'it begins with one of redis://'],
    ['http://u:hunter2@h', 'it begins with one of redis://'],
    ['redis://', 'a server is written host:port'],
    ['redis://u:hunter2@h:0', 'a port is a number from 1 to 65535'],
    ['redis://u:hunter2@h:70000', 'a port is a number from 1 to 65535'],
    ['redis://u:hunter2@h:port', 'a server is written host:port'],
    ['redis://hunter2@h', 'a user without a password'],
    ['redis://u:hunter2%@h', 'the password has a % that is no percent-encoding'],
    ['redis://u:hunter2@h/one', 'behind the server comes a database number'],
    ['redis://u:hunter2@h1,h2', 'redis:// names one server'],
    ['redis://u:hunter2@h?tls=yes', 'behind ? there is sentinelPassword'],
    ['redis+sentinel://u:hunter2@h', 'behind the Sentinels comes the name of the group'],
    ['redis+sentinel://u:hunter2@h/a b', 'behind the Sentinels comes the name of the group'],
    ['redis+cluster://u:hunter2@h/1', 'a cluster has no database numbers'],
    ['redis+cluster://u:hunter2@h?sentinelPassword=x', 'behind ? there is sentinelPassword'],
    [`redis+cluster://${'h,'.repeat(64)}h`, 'it names more than 64 servers'],
  ] as const)('%s is refused in plain words, without the password', ([text, why]) => {
    const answer = redisServersFrom(text)
    if (answer.ok) expect.fail('it was taken')
    expect(answer.why).toContain(why)
    expect(answer.why).not.toContain('hunter2')
  })

  test('a password need not be encoded where it can be told apart', () => {
    for (const password of ['hun/ter2', 'hun?ter2', 'hun#ter2', 'hun@ter2', 'hun:ter2']) {
      expect(serversOf(`redis://u:${password}@h/1`)).toMatchObject({ password, db: 1 })
    }
  })

  test('is named by its addresses, never by who asks', () => {
    expect(nameOfServers(serversOf('redis://u:hunter2@[::1]:7'))).toBe('Redis at [::1]:7')
    expect(nameOfServers(serversOf('redis+sentinel://u:hunter2@h:1/till'))).toBe(
      'Redis till behind the Sentinels h:1',
    )
    expect(nameOfServers(serversOf('redis+cluster://u:hunter2@h:1,i:2'))).toBe(
      'the Redis cluster of h:1, i:2',
    )
  })
})

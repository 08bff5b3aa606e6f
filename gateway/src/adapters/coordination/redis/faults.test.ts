import { describe, expect, test } from 'vitest'
import { faultOf } from './faults.js'
import { faultOfServer, serverInfoOf } from './server-info.js'

describe('what an error says to an operator', () => {
  test.for([
    ['WRONGPASS invalid username-password pair or user is disabled.', 'refuses the user'],
    ['NOAUTH Authentication required.', 'wants a password and was given none'],
    ['NOPERM this user has no permissions to run the ‘info’ command', 'ACL'],
    ['LOADING Redis is loading the dataset in memory', 'is still loading its data'],
    [
      "OOM command not allowed when used memory > 'maxmemory'. script: 1f, on @user_script:7.",
      'full',
    ],
    ["READONLY You can't write against a read only replica.", 'is a replica'],
    ['MASTERDOWN Link with MASTER is down', 'has lost its master'],
    ['CLUSTERDOWN The cluster is down', 'is down in part'],
    ['MISCONF Redis is configured to save RDB snapshots', 'cannot save to its disk'],
  ] as const)('%s', ([message, words]) => {
    expect(faultOf(new Error(message)).words).toContain(words)
  })

  test('where nobody listens it says by which error', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(faultOf(error)).toEqual({
      kind: 'unreachable',
      words: 'cannot be reached (ECONNREFUSED)',
    })
    const cluster = Object.assign(new Error('Failed to refresh slots cache.'), {
      lastNodeError: error,
    })
    expect(faultOf(cluster)).toEqual(faultOf(error))
  })

  test('a password in an unknown error is not repeated, and no error is endless', () => {
    const error = new Error(`ERR no hunter2 here ${'x'.repeat(1_000)}`)
    const { words } = faultOf(error, ['hunter2'])
    expect(words).toContain('ERR no … here')
    expect(words.length).toBeLessThan(300)
    expect(faultOf('not even an error').words).toContain('not even an error')
  })
})

describe('what a server says of itself', () => {
  const judged = (...lines: string[]) => faultOfServer(serverInfoOf(lines.join('\r\n')))?.words

  test('is good where it is new enough, a master and loaded', () => {
    expect(judged('redis_version:7.0.15', 'role:master', 'loading:0')).toBeUndefined()
    expect(judged('redis_version:8.2.1', 'role:master')).toBeUndefined()
    const valkey = ['redis_version:7.2.4', 'server_name:valkey', 'valkey_version:8.1.0']
    expect(judged(...valkey, 'role:master')).toBeUndefined()
  })

  test('is named where it will not do', () => {
    expect(judged('redis_version:6.2.0')).toContain('too old: Redis 6.2.0')
    expect(judged('redis_version:7.0.0', 'role:slave')).toContain('is a replica')
    expect(judged('redis_version:7.0.0', 'loading:1')).toContain('is still loading')
    expect(judged('role:master')).toContain('does not say which version')
  })
})

import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import { expectBounded, reasonsOf, until, untilSaid } from './scene.js'

testWith(
  redisPrograms,
  'a wrong password, and a missing one, are named and never repeated',
  async (context) => {
    const server = await startRedis({ password: 'correct horse' })
    context.onTestFinished(() => server.kill())
    const at = `127.0.0.1:${String(server.port)}`
    const prefix = freshPrefix()
    const open = (name: string, url: string) => redisNode({ name, servers: serversOf(url), prefix })
    const wrong = open('wrong', `redis://:battery%20staple@${at}`)
    const none = open('none', `redis://${at}`)
    const right = open('right', `redis://:correct%20horse@${at}`)
    await untilWell(right)
    await untilSaid(wrong, `Redis at ${at} refuses the user or the password that it was given`)
    await untilSaid(none, `Redis at ${at} wants a password and was given none`)
    await expectBounded(wrong)
    await expectBounded(none)
    for (const node of [wrong, none]) expect(reasonsOf(node)).not.toMatch(/battery|correct/)
    // Its operator sets it right at the server.
    await server.ask('config', 'set', 'requirepass', 'battery staple')
    await untilWell(wrong)
  },
)

// What the adapter's README asks an operator to allow.
const rights = '+@read +@write +@scripting +@pubsub +@connection +info +time +cluster'.split(' ')

testWith(
  redisPrograms,
  'a user with the rights that the README names will do, one without is named',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const prefix = freshPrefix()
    const narrow = ['reset', 'on', '>secret', `~${prefix}:*`, `&${prefix}:*`, '-@all', ...rights]
    await server.ask('acl', 'setuser', 'till', ...narrow, '-@dangerous', '+info')
    await server.ask('acl', 'setuser', 'poor', 'reset', 'on', '>secret', '+@connection')
    const at = `127.0.0.1:${String(server.port)}`
    const open = (name: string, url: string) => redisNode({ name, servers: serversOf(url), prefix })
    const till = open('till', `redis://till:secret@${at}`)
    const poor = open('poor', `redis://poor:secret@${at}`)
    await untilSaid(poor, 'does not let this user do what is needed (ACL)')
    await untilWell(till)
    const lease = till.coordination.lease('sweep')
    await until('the lease', () => lease.held())
    expect(await till.coordination.take({ key: 'k', quota: 2, windowMs: 1_000 })).toMatchObject({
      ok: true,
    })
  },
)

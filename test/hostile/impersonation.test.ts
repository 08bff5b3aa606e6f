import { uplinkKinds } from '@tillgate/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connected, type BareClient } from '../e2e/bare-client.js'
import { waitFor } from '../ground/index.js'
import { connectPacket, type RawClient, type Version } from '../listener/raw-client.js'
import {
  answerTo,
  clientIdsOf,
  dialAs,
  expectedAtTheDoor,
  tryTheDoor,
  type DoorAttempt,
} from './at-the-door.js'
import {
  enter,
  finish,
  leave,
  lifeOf,
  openScene,
  Watch,
  type Scene,
} from './impersonation-scene.js'
import {
  isEvidence,
  messagesAbout,
  topicAttempts,
  topicPacket,
  willsOf,
} from './impersonation-tables.js'
import { identityOf, type Identity } from './wallet.js'

const versions = [5, 4] as const
const hash = new Uint8Array(32).fill(7)
/** Fewer than the alarms that a terminal may raise in a minute. */
const attemptsOfOneMax = 24

let scene: Scene
let life: object
let attempts = 0
const lines: RawClient[] = []

beforeAll(async () => {
  scene = await openScene()
  life = await lifeOf(scene)
}, 180_000)

afterEach(async () => {
  // The one thing that must be true after all of it.
  expect(await lifeOf(scene)).toEqual(life)
})

afterAll(async () => {
  for (const line of lines) line.end()
  await scene.stage.end()
  process.stdout.write(`${String(attempts)} impersonation attempts\n`)
  expect(attempts).toBeGreaterThanOrEqual(500)
}, 180_000)

interface Outcome {
  readonly attempt: string
  readonly said: string
}

/** Compares at once, so that a failure shows every attempt that went otherwise. */
const assertAll = (said: readonly Outcome[], expected: readonly Outcome[]): void => {
  attempts += said.length
  const wrong = said.flatMap((one, index) =>
    one.said === expected[index]?.said ? [] : [{ ...one, expected: expected[index]?.said }],
  )
  expect(wrong).toEqual([])
}

describe('at the door', () => {
  const doorAttempts = (identity: Identity): readonly DoorAttempt[] => {
    const { victim } = scene
    const caught = victim.line.wills.at(-1)
    if (caught === undefined) throw new Error('the victim told no will')
    let index = 0
    return clientIdsOf(victim.sn).flatMap((clientId) =>
      willsOf(victim.sn, caught).map((will) => {
        index += 1
        return { identity, clientId, will, version: index % 2 === 0 ? 4 : 5 }
      }),
    )
  }

  const nameOf = ({ identity, clientId, will, version }: DoorAttempt): string =>
    `certificate ${identity.name}, client id ${clientId.name}, will ${will.name}, MQTT ${String(version)}`

  test.each(Array.from({ length: 11 }, (_, index) => index))(
    'certificate %i × client id × will: each is answered as the table says',
    async (index) => {
      const identity = scene.wallet[index]
      if (identity === undefined) throw new Error('the wallet is not so full')
      const table = doorAttempts(identity)
      const outcomes: Outcome[] = []
      for (const attempt of table) {
        const { client, said } = await tryTheDoor(scene.stage, attempt)
        outcomes.push({ attempt: nameOf(attempt), said })
        client.end()
      }
      assertAll(
        outcomes,
        table.map((one) => ({ attempt: nameOf(one), said: expectedAtTheDoor(one) })),
      )
    },
    180_000,
  )
})

describe('on other topics', () => {
  const outcomeOf = async (client: RawClient): Promise<string> => {
    const said = await waitFor(
      () =>
        client.packets.find(({ cmd }) => cmd === 'suback' || cmd === 'disconnect') ??
        (client.isClosed ? 'ended' : undefined),
      { what: 'what comes of it' },
    )
    if (said === 'ended') return 'ended'
    if (said.cmd === 'suback') return `refused 0x${Number(said.granted[0]).toString(16)}`
    return said.cmd === 'disconnect' ? `ended 0x${(said.reasonCode ?? 0).toString(16)}` : said.cmd
  }

  test('nothing is published, nothing subscribed, and no word to another is heard', async () => {
    const { stage, own, neighbour, victim } = scene
    const near = await connected(stage, neighbour)
    await near.greet()
    const table = topicAttempts(own.sn, [victim.sn, neighbour.sn])
    const outcomes: Outcome[] = []
    const open: RawClient[] = []
    for (const attempt of table) {
      const client = dialAs(stage, identityOf('own', own), attempt.version)
      expect(await answerTo(client, packetOf(own.sn, attempt.version))).toBe('in')
      client.packets.length = 0
      client.write(topicPacket(attempt))
      const { does, topic, version } = attempt
      const name = `${does} ${JSON.stringify(topic)}, MQTT ${String(version)}`
      outcomes.push({ attempt: name, said: await outcomeOf(client) })
      open.push(client)
    }
    const payload = { type: 'SelfTest', items: [] } as const
    const order = { sn: neighbour.sn, payload, actor: 'e2e' }
    const ordered = await stage.services.commands.order(order)
    if (!ordered.ok) throw new Error(ordered.code)
    await finish(stage, near, ordered.value.uuid)
    for (const client of open) {
      expect(client.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([])
      client.end()
    }
    await leave(stage, near)
    assertAll(
      outcomes,
      table.map(({ expected }, index) => ({ ...outcomes[index]!, said: expected })),
    )
  }, 180_000)
})

const packetOf = (sn: string, version: Version) => {
  const packet = connectPacket({ sn }, version)
  if (packet.cmd !== 'connect') throw new Error('no CONNECT')
  return packet
}

describe.each(versions)('about other commands, MQTT version %i', (version) => {
  test('every message about a command of another is refused, and is an alarm', async () => {
    const { stage, victimsCommand, neighbour } = scene
    const near = await connected(stage, neighbour)
    await near.greet()
    const order = async (): Promise<Uint8Array> => {
      const payload = { type: 'SelfTest', items: [] } as const
      const answer = await stage.services.commands.order({ sn: neighbour.sn, payload, actor: 'e' })
      if (!answer.ok) throw new Error(answer.code)
      return answer.value.uuid
    }
    const finished = await order()
    await finish(stage, near, finished)
    const opened = await order()
    await near.next('command')
    const ids = {
      'the victim’s unbind': victimsCommand,
      'its neighbour’s open command': opened,
      'its neighbour’s finished command': finished,
      'a command that nobody ordered': new Uint8Array(16).fill(9),
    }
    const table = Object.entries(ids).flatMap(([about, commandId]) =>
      messagesAbout.flatMap((message) =>
        (['signed', 'under its MAC'] as const).map((how) => ({ about, commandId, message, how })),
      ),
    )
    const before = await stage.show(opened)
    const said: Outcome[] = []
    const watch = new Watch(stage)
    let client: BareClient | undefined
    for (const [index, { about, commandId, message, how }] of table.entries()) {
      if (index % attemptsOfOneMax === 0) {
        client?.end()
        ;({ client } = await enter(stage, `E-ABOUT-${String(version)}-${String(index)}`, version))
      }
      if (client === undefined) throw new Error('nobody is in')
      await watch.begin()
      const body = client.body({ message, commandId, downlinkHash: hash })
      const code = await client.publish(how === 'signed' ? client.signed(body) : client.maced(body))
      if (version === 5) expect(code).toBeGreaterThanOrEqual(0x80)
      const attempt = `${message.kind} ${how} about ${about}`
      said.push({ attempt, said: await watch.said(client.stranger.terminalId) })
    }
    client?.end()
    expect(await stage.show(opened)).toEqual(before)
    await leave(stage, near)
    const expected = table.map(({ message, how }) =>
      how !== 'signed' && isEvidence(message) ? 'NOT_SIGNED' : 'FOREIGN_COMMAND',
    )
    assertAll(
      said,
      said.map((one, index) => ({ ...one, said: expected[index] ?? '' })),
    )
  }, 180_000)

  test('what it says about its own finished command changes nothing any more', async () => {
    const { stage } = scene
    const { client, ownFinished } = await enter(stage, `E-OWN-${String(version)}`, version)
    const { command } = await stage.show(ownFinished)
    const said: Outcome[] = []
    for (const message of messagesAbout) {
      const body = client.body({ message, commandId: ownFinished, downlinkHash: hash })
      await client.publish(client.signed(body))
      const is = (await stage.show(ownFinished)).command
      const same = is.state === command.state && is.open === command.open
      said.push({ attempt: message.kind, said: same ? 'the same' : is.state })
    }
    client.end()
    assertAll(
      said,
      said.map((one) => ({ ...one, said: 'the same' })),
    )
  })

  test('what the victim once said, said again by another, is refused: WRONG_TARGET', async () => {
    const { stage, victim } = scene
    const { client } = await enter(stage, `E-ECHO-${String(version)}`, version)
    const caught = uplinkKinds.flatMap(
      (kind) => victim.line.envelopes.find(({ says }) => says === kind) ?? [],
    )
    expect(caught.map(({ says }) => says)).toEqual(expect.arrayContaining(['hello', 'result']))
    const watch = new Watch(stage)
    const said: Outcome[] = []
    for (const { says, payload } of caught) {
      await watch.begin()
      await client.publish(payload, says === 'heartbeat' ? 'state' : 'up')
      said.push({ attempt: says, said: await watch.said(client.stranger.terminalId) })
    }
    client.end()
    assertAll(
      said,
      said.map((one) => ({ ...one, said: 'WRONG_TARGET' })),
    )
  })
})

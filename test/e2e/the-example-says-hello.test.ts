import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

import { projectRoot } from '../api/readme-lines.js'
import { ask, launch, readyOf, type Child, type Ready } from '../api/start-tillgate.js'
import { tempFolder, waitFor } from '../ground/index.js'
import { makeCsr, pkcs8Pem, type KeyKind } from '../pki/pki-ground.js'

const sn = 'EXAMPLE-1'
const patienceMs = 60_000

interface Command {
  readonly id: string
  readonly state: string
  readonly resultCode: string | null
  readonly result: unknown
  readonly ledger: readonly { readonly kind: string; readonly actor: string }[]
}

class Scene {
  readonly folder = tempFolder('example')
  readonly tillgate: Child
  readonly #ready: Ready

  constructor(tillgate: Child, ready: Ready) {
    this.tillgate = tillgate
    this.#ready = ready
  }

  async call<T>(path: string, body?: unknown): Promise<T> {
    const token = this.#ready.adminToken!
    const { status, text } = await ask(this.#ready, path, { token, body })
    if (status >= 300) throw new Error(text)
    return JSON.parse(text) as T
  }

  /** Leaves in the folder what the example reads. */
  async enrol(kind: KeyKind, damage = (list: string): string => list): Promise<void> {
    await this.call('/v1/terminals', { sn, vendor: 'ACME', model: 'T1' })
    const { token } = await this.call<{ token: string }>('/v1/enrolment-tokens', { sn })
    const { pem: csr, keys } = await makeCsr(sn, kind)
    const answer = await this.call<{ signerList: string }>('/v1/enrolments', { csr, token })
    const enrolment = { ...answer, signerList: damage(answer.signerList) }
    writeFileSync(join(this.folder, 'enrolment.json'), JSON.stringify(enrolment))
    writeFileSync(join(this.folder, 'terminal.key'), await pkcs8Pem(keys))
    writeFileSync(join(this.folder, 'ca.pem'), (await ask(this.#ready, '/ca.pem')).text)
  }

  /** Runs the example until it ends by itself. */
  runExample(): { said(): string; readonly ended: Promise<number | null> } {
    const program = join(projectRoot, 'protocol/examples/hello-and-self-test.mjs')
    const child = spawn(process.execPath, [program, this.folder])
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await ended
    })
    return { said: () => said, ended }
  }

  order(type: 'SelfTest' | 'Lock'): Promise<Command> {
    const parameters = type === 'Lock' ? { reason: 'RISK' } : {}
    return this.call('/v1/commands', { sn, type, parameters })
  }

  show({ id }: Command): Promise<Command> {
    return this.call(`/v1/commands/${id}`)
  }
}

const openScene = async (): Promise<Scene> => {
  const tillgate = launch({ TILLGATE_DATA: tempFolder('example-data'), TILLGATE_LOG: 'warn' })
  return new Scene(tillgate, await readyOf(tillgate))
}

test.each<KeyKind>(['EC', 'RSA'])(
  'a terminal of one file with an %s key says Hello, and what is ordered then is answered and in the ledger',
  async (kind) => {
    const scene = await openScene()
    await scene.enrol(kind)
    const example = scene.runExample()
    await waitFor(() => example.said().includes('welcome'), {
      what: 'the Welcome',
      timeoutMs: patienceMs,
    })
    const lock = await scene.order('Lock')
    await waitFor(async () => (await scene.show(lock)).state === 'refused', {
      what: 'the refusal of a command that it does not know',
      timeoutMs: patienceMs,
    })
    expect(await scene.show(lock)).toMatchObject({ resultCode: 'UNKNOWN_COMMAND' })

    const selfTest = await scene.order('SelfTest')
    expect(await example.ended, example.said()).toBe(0)
    expect(example.said()).toBe('hello\nwelcome\ncommand refused: 10\nself-test answered\n')
    const { ledger, ...told } = await scene.show(selfTest)
    expect(told).toMatchObject({
      state: 'done',
      resultCode: 'OK',
      result: { keysOk: true, flashOk: true, clockOk: true, firmware: 'example-1' },
    })
    const story = ledger.map(({ kind, actor }) => `${kind} by ${actor.split('-')[0]!}`)
    expect(story).toEqual([
      'command.ordered by administrator',
      'command.published by gateway',
      'command.done by terminal',
    ])
  },
  120_000,
)

test('it keeps its sequence: started again it answers what was ordered meanwhile, and raises no alarm', async () => {
  const scene = await openScene()
  await scene.enrol('EC')
  for (let start = 0; start < 2; start++) {
    const selfTest = await scene.order('SelfTest')
    const example = scene.runExample()
    expect(await example.ended, example.said()).toBe(0)
    expect((await scene.show(selfTest)).state).toBe('done')
  }
  expect(scene.tillgate.stderr()).not.toContain('"alarm"')
}, 120_000)

test('a signer list that the pinned root did not sign ends it before it connects', async () => {
  const scene = await openScene()
  await scene.enrol('EC', (list) => {
    const envelope = Buffer.from(list, 'base64')
    const last = envelope.length - 1
    envelope.writeUInt8(envelope.readUInt8(last) ^ 1, last)
    return envelope.toString('base64')
  })
  const example = scene.runExample()
  expect(await example.ended).toBe(1)
  expect(example.said()).toContain('forged')
  expect(example.said()).not.toContain('hello\n')
}, 120_000)

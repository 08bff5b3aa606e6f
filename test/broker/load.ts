// Load over a broker: every terminal is locked and unlocked, round and round. A lock that was answered must
// have taken place once: the terminal counts, and so does the ledger.
import type { Till } from '../e2e/till.js'
import { pause, waitFor } from '../ground/index.js'
import type { BrokerStage } from './broker-stage.js'

export interface Ordered {
  readonly uuid: Uint8Array
  readonly type: 'Lock' | 'Unlock'
  readonly till: Till
}

export interface Judgement {
  /** Commands that were answered. */
  readonly ordered: number
  readonly lost: number
  readonly doubled: number
}

export interface Load {
  readonly ordered: readonly Ordered[]
  /** Each terminal ends its round; resolves when all that was ordered has ended. */
  finish(): Promise<Judgement>
}

const patienceMs = 60_000

const payloads = {
  Lock: { type: 'Lock', reason: 'maintenance' },
  Unlock: { type: 'Unlock' },
} as const

export const startLoad = (stage: BrokerStage, tills: readonly Till[]): Load => {
  const ordered: Ordered[] = []
  let isFinishing = false

  const run = async (till: Till, type: Ordered['type']): Promise<void> => {
    const { commands } = stage.services
    const answer = await commands.order({ sn: till.sn, payload: payloads[type], actor: 'load' })
    if (!answer.ok) throw new Error(`${type}: ${answer.code}`)
    const { uuid } = answer.value
    ordered.push({ uuid, type, till })
    const isOver = async (): Promise<boolean> => (await stage.show(uuid)).command.open === 0
    try {
      await waitFor(isOver, { what: `${till.sn}: ${type} to end`, timeoutMs: patienceMs })
    } catch (cause) {
      throw new Error(`${till.sn}: ${(await stage.happened(uuid)).join(', ')}`, { cause })
    }
  }

  const rounds = async (till: Till): Promise<void> => {
    while (!isFinishing) {
      await run(till, 'Lock')
      await run(till, 'Unlock')
      await pause(5)
    }
  }

  const judge = async (): Promise<Judgement> => {
    let lost = 0
    let doubled = 0
    for (const { uuid } of ordered) {
      const { command, ledger } = await stage.show(uuid)
      if (command.state !== 'done') lost += 1
      if (ledger.filter(({ kind }) => kind === 'command.done').length > 1) doubled += 1
    }
    for (const till of tills) {
      for (const type of ['Lock', 'Unlock'] as const) {
        const asked = ordered.filter((one) => one.till === till && one.type === type).length
        const done = till.noted(type === 'Lock' ? 'locked' : 'unlocked')
        lost += Math.max(0, asked - done)
        doubled += Math.max(0, done - asked)
      }
    }
    return { ordered: ordered.length, lost, doubled }
  }

  const running = Promise.all(tills.map(rounds))
  running.catch(() => undefined)
  return {
    ordered,
    async finish() {
      isFinishing = true
      await running
      return judge()
    },
  }
}

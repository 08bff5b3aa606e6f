// The scene of the impostors: a victim in the middle of its unbind, a neighbour with commands, and the
// wallet; what must not change is read from the records, the host and the victim itself.
import { waitFor } from '../ground/index.js'
import { errorByCode, type ErrorCode } from '@tillgate/protocol'
import type { EventRow } from '@tillgate/gateway'
import { connected, makeStranger, type BareClient, type Stranger } from '../e2e/bare-client.js'
import { openStage, patienceMs, type Stage } from '../e2e/stage.js'
import type { Till } from '../e2e/till.js'
import { copyOf, fillWallet, type Identity } from './wallet.js'
import type { Version } from '../listener/raw-client.js'

export interface Scene {
  readonly stage: Stage
  readonly victim: Till
  readonly victimsCommand: Uint8Array
  readonly own: Stranger
  readonly neighbour: Stranger
  readonly wallet: readonly Identity[]
}

export const openScene = async (): Promise<Scene> => {
  const slow = { resendMs: 600_000, resendMsMax: 600_000, askMs: 600_000 }
  const stage = await openStage({ timing: slow, helloPatienceMs: 600_000 })
  await stage.stopNode()
  const { dataFolder } = stage
  const copies = [copyOf(dataFolder), copyOf(dataFolder), copyOf(dataFolder)] as const
  await stage.openNode()
  const victim = await stage.till()
  victim.line.losesDown = ({ kind }) => kind === 'command'
  const victimsCommand = await victim.unbind()
  await stage.until(victimsCommand, 'published')
  const own = await makeStranger(stage, 'E-MALLORY')
  const neighbour = await makeStranger(stage, 'E-NEIGHBOUR')
  const { certificatePem } = victim.enrolled!
  const victims = { own, neighbour, victim: { sn: victim.sn, certificatePem } }
  const wallet = await fillWallet(stage, victims, [...copies])
  return { stage, victim, victimsCommand, own, neighbour, wallet }
}

export const eventsSince = async (
  { services }: Stage,
  afterId: number,
): Promise<readonly EventRow[]> => {
  const all: EventRow[] = []
  for (let from = afterId; ;) {
    const page = await services.records.read('events', { afterId: from, limit: 500 })
    const last = page.at(-1)
    if (last === undefined) return all
    all.push(...page)
    from = last.id
  }
}

/** Everything of the victim that anybody could have changed. */
export const lifeOf = async ({ stage, victim, victimsCommand }: Scene): Promise<object> => {
  const { records, presence } = stage.services
  const { terminalId, sn } = victim
  const page = { afterId: 0, limit: 100, terminalId }
  const events = await eventsSince(stage, 0)
  return {
    terminal: await records.read('terminal-by-sn', { sn }),
    certificates: await records.read('certificates-of-terminal', { terminalId }),
    commands: await records.read('commands', page),
    command: await stage.show(victimsCommand),
    events: events.filter((one) => one.terminalId === terminalId),
    online: await presence.online([terminalId]),
    welcomes: victim.noted('welcomed'),
    links: victim.heard.filter(({ what }) => what === 'link').length,
    atHost: victim.atHost(),
    keys: victim.keysHeld(),
  }
}

/** A terminal with a session of its own, that Mallory owns. */
export const enter = async (
  stage: Stage,
  sn: string,
  version: Version,
): Promise<{ readonly client: BareClient; readonly ownFinished: Uint8Array }> => {
  const stranger = await makeStranger(stage, sn)
  const client = await connected(stage, stranger, version)
  await client.greet()
  const payload = { type: 'SelfTest', items: [] } as const
  const ordered = await stage.services.commands.order({ sn, payload, actor: 'e2e' })
  if (!ordered.ok) throw new Error(ordered.code)
  await finish(stage, client, ordered.value.uuid)
  return { client, ownFinished: ordered.value.uuid }
}

const hash = new Uint8Array(32).fill(7)

export const finish = async (
  stage: Stage,
  client: BareClient,
  commandId: Uint8Array,
): Promise<void> => {
  await client.next('command')
  const message = { kind: 'result', code: 9, payload: new Uint8Array(0), unknown: false } as const
  await client.publish(client.maced(client.body({ message, commandId, downlinkHash: hash })))
  await stage.until(commandId, 'failed')
}

/** What an uplink's refusal was counted as, and which alarms are in the ledger since. */
export class Watch {
  readonly #stage: Stage
  #counts: ReadonlyMap<string, number> = new Map()
  #head = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async begin(): Promise<void> {
    const { services } = this.#stage
    this.#counts = services.counts().refusedUplinks
    const { position } = await services.records.read('event-head', {})
    this.#head = position
  }

  /** `taken`, or the code that it was refused with: then its alarm is in the ledger, where one is due. */
  async said(by: number): Promise<string> {
    const now = this.#stage.services.counts().refusedUplinks
    const code = [...now.keys()].find((one) => now.get(one) !== (this.#counts.get(one) ?? 0))
    const raised = (await eventsSince(this.#stage, this.#head)).filter(
      ({ kind, terminalId }) => kind.startsWith('alarm.') && terminalId === by,
    )
    if (code === undefined) return 'taken'
    const due = errorByCode(code as ErrorCode).alarm ? [`alarm.${code}`] : []
    const kinds = raised.map(({ kind }) => kind)
    return kinds.join() === due.join() ? code : `${code}, but its alarms are ${kinds.join()}`
  }
}

/** Its session is over, and the records know it. */
export const leave = async (stage: Stage, client: BareClient): Promise<void> => {
  client.end()
  const { sn } = client.stranger
  await waitFor(
    async () =>
      (await stage.services.records.read('terminal-by-sn', { sn }))?.sessionEndedMs !== null,
    { what: `the end of the session of ${sn}`, timeoutMs: patienceMs },
  )
}

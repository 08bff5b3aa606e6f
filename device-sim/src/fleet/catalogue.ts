/**
 * Every behaviour by name: what share of a fleet has it, where that figure comes from, and how one is
 * drawn. `sources` are references of the domain paper; where there is none, the share is this simulator's
 * assumption and no fact from outside.
 */
import { answersTwice } from '../behaviours/answers-twice.js'
import type { Behaviour } from '../behaviours/behaviour.js'
import { busyInSale } from '../behaviours/busy-in-sale.js'
import { dropsFirstResult } from '../behaviours/drops-first-result.js'
import { dropsLine } from '../behaviours/drops-line.js'
import { duplicates } from '../behaviours/duplicates.js'
import { flashFull } from '../behaviours/flash-full.js'
import { halfOpen } from '../behaviours/half-open.js'
import { lateDeliveries } from '../behaviours/late-deliveries.js'
import { lostAcknowledgements } from '../behaviours/lost-acknowledgements.js'
import { lowBattery } from '../behaviours/low-battery.js'
import { nightlyPowerOff } from '../behaviours/nightly-power-off.js'
import { offlineSalesPending } from '../behaviours/offline-sales-pending.js'
import { oldFirmware } from '../behaviours/old-firmware.js'
import { pressesLater } from '../behaviours/presses-later.js'
import { rebootsDaily } from '../behaviours/reboots-daily.js'
import { rebootsMidCommand } from '../behaviours/reboots-mid-command.js'
import { reconnectsBadly } from '../behaviours/reconnects-badly.js'
import { silentFirmware } from '../behaviours/silent-firmware.js'
import { slowLink } from '../behaviours/slow-link.js'
import { unsettledBatch } from '../behaviours/unsettled-batch.js'
import { wrongClock } from '../behaviours/wrong-clock.js'
import type { Prng } from '../system/prng.js'

export interface CatalogueEntry {
  /** 0 to 1, of all terminals. */
  readonly share: number
  readonly sources: readonly string[]
  readonly en: string
  readonly zh: string
  make(prng: Prng): Behaviour
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** An unbind has about so many journal steps. */
const stepsMax = 24
/** What came last is what old firmware lacks. */
const lately = ['Lock', 'Unlock', 'Unbind'] as const

export const catalogue = {
  'unsettled-batch': {
    share: 0.9,
    sources: [],
    en: 'has sold before anybody asks for an unbind',
    zh: '解绑前已有未结算交易',
    make: (prng) => unsettledBatch({ prng, sales: prng.between(1, 5) }),
  },
  'offline-sales-pending': {
    share: 0.2,
    sources: [],
    en: 'holds offline sales until a prepare sends them',
    zh: '有未上送的离线交易',
    make: (prng) => offlineSalesPending({ prng, sales: prng.between(1, 4) }),
  },
  'busy-in-sale': {
    share: 0.15,
    sources: [],
    en: 'a customer stands at the till when the unbind comes',
    zh: '解绑到达时正在交易',
    make: (prng) => busyInSale({ prng }),
  },
  'presses-later': {
    share: 0.15,
    sources: [],
    en: 'the merchant presses later, at most twice, or nobody is at the counter',
    zh: '商户按“稍后”，或无人值守',
    make: (prng) => pressesLater({ prng, withinMs: 20_000 }),
  },
  'reboots-mid-command': {
    share: 0.005,
    sources: [],
    en: 'loses power in the middle of a command, once',
    zh: '命令执行中断电一次',
    make: (prng) =>
      rebootsMidCommand({
        atStep: prng.between(1, stepsMax),
        edge: prng.pick(['before', 'after']),
      }),
  },
  'reboots-daily': {
    share: 1,
    sources: ['S36', 'S37', 'S38'],
    en: 'security reboot at 06:00, the whole fleet at once',
    zh: '每日六点安全重启，全体同时',
    make: (prng) => rebootsDaily({ prng }),
  },
  'nightly-power-off': {
    share: 0.7,
    sources: [],
    en: 'switched off from 22:00 until the shop opens',
    zh: '夜间断电，开店时恢复',
    make: (prng) => nightlyPowerOff({ prng }),
  },
  'low-battery': {
    share: 0.03,
    sources: [],
    en: 'refuses what destroys while the battery is low, or dies in the middle',
    zh: '电量低：拒绝破坏性命令，或中途断电',
    make: (prng) =>
      prng.chance(0.5)
        ? lowBattery({ chargedAfterMs: prng.between(30, 120) * minuteMs })
        : lowBattery({ percent: 35, diesAtStep: prng.between(1, stepsMax) }),
  },
  'flash-full': {
    share: 0.001,
    sources: [],
    en: 'begins nothing that it could not journal or prove',
    zh: '存储满：不执行无法记录或证明的操作',
    make: (prng) => flashFull({ clearedAfterMs: prng.between(1, 24) * hourMs }),
  },
  'clock-drifts': {
    share: 1,
    sources: [],
    en: 'its clock drifts by up to 2 s a day',
    zh: '时钟每日漂移两秒以内',
    make: (prng) => wrongClock({ driftMsPerDay: prng.between(-2_000, 2_000) }),
  },
  'clock-in-wrong-zone': {
    share: 0.01,
    sources: [],
    en: 'its clock stands in another zone',
    zh: '时区设置错误',
    make: (prng) => wrongClock({ offsetMs: prng.between(-12, 12) * hourMs }),
  },
  'clock-at-1970': {
    share: 0.002,
    sources: [],
    en: 'its clock begins at 1970: the cell is dead',
    zh: '电池耗尽，时钟回到1970年',
    make: () => wrongClock({ startsAtMs: 0 }),
  },
  'slow-link': {
    share: 0.1,
    sources: [],
    en: 'a slow mobile network: 80 to 900 ms there and back',
    zh: '慢速移动网络',
    make: (prng) => slowLink({ prng }),
  },
  'drops-line': {
    share: 1,
    sources: [],
    en: 'loses its link once in about fifty hours',
    zh: '约每五十小时断线一次',
    make: (prng) => dropsLine({ prng }),
  },
  'half-open': {
    share: 0.01,
    sources: [],
    en: 'connections go dead without a FIN, about once an hour',
    zh: '连接半开：无FIN失联',
    make: (prng) => halfOpen({ prng }),
  },
  'lost-acknowledgements': {
    share: 0.05,
    sources: [],
    en: 'loses a PUBACK or Receipt after the effect, and the line with it',
    zh: '生效后丢失确认',
    make: (prng) => lostAcknowledgements({ prng, rate: 0.02 }),
  },
  duplicates: {
    share: 1,
    sources: [],
    en: 'one packet in a hundred comes twice: at once, in the next session, hours later',
    zh: '消息重复到达',
    make: (prng) => duplicates({ prng, rate: 0.01 }),
  },
  'late-deliveries': {
    share: 0.05,
    sources: [],
    en: 'packets come very late, and out of order',
    zh: '消息迟到、乱序',
    make: (prng) => lateDeliveries({ prng, rate: 0.01 }),
  },
  'drops-first-result': {
    share: 0.05,
    sources: [],
    en: 'its first answer is lost after the effect',
    zh: '首个结果在生效后丢失',
    make: () => dropsFirstResult(),
  },
  'answers-twice': {
    share: 0.05,
    sources: [],
    en: 'says everything that it signs twice',
    zh: '签名消息重复上送',
    make: () => answersTwice(),
  },
  'reconnects-badly': {
    share: 0.05,
    sources: [],
    en: 'reconnects every second, without jitter',
    zh: '固定每秒重连，无抖动',
    make: () => reconnectsBadly(),
  },
  'old-firmware': {
    share: 0.025,
    sources: [],
    en: 'refuses a command that it does not know',
    zh: '旧固件：拒绝未知命令',
    make: (prng) => oldFirmware({ lacks: [prng.pick(lately)] }),
  },
  'silent-firmware': {
    share: 0.025,
    sources: [],
    en: 'says nothing about a command that it does not know',
    zh: '旧固件：对未知命令不作答',
    make: (prng) => silentFirmware({ lacks: [prng.pick(lately)] }),
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>

export type BehaviourName = keyof typeof catalogue

export const behaviourNames = Object.keys(catalogue) as readonly BehaviourName[]

export const entryOf = (name: BehaviourName): CatalogueEntry => catalogue[name]

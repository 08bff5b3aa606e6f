/**
 * A closing agreement as it is printed: one sheet of A4, HTML that loads nothing and runs nothing. The same
 * version and facts give the same bytes, in each language.
 */
import { utf8 } from '@tillgate/protocol'

import type { NoticeLanguage } from '../../ports/notices.js'
import { sumText } from '../currencies.js'
import { escaped } from '../escaped.js'
import { localText } from '../local-time.js'
import type { AgreedFee, AgreementFacts } from './facts.js'
import { agreementWords, type AgreementWords } from './words.js'

export const agreementStyle = `
@page{size:A4;margin:18mm 16mm}*{box-sizing:border-box}
body{font:10.5pt/1.45 "Noto Serif","Songti SC","Noto Serif CJK SC",SimSun,serif;color:#000;background:#fff;margin:0 auto;max-width:178mm;padding:6mm 0}
h1{font-size:16pt;text-align:center;margin:0 0 2mm}h2{font-size:11.5pt;margin:5mm 0 1.5mm;border-bottom:.3mm solid #000}
p{margin:1.5mm 0}.head{text-align:center;color:#333;font-size:9pt}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.8mm 2mm .8mm 0;overflow-wrap:anywhere}
th{font-weight:normal;color:#333;width:38%}.fees th{width:auto;border-bottom:.2mm solid #888}.out{text-decoration:line-through}
ul{margin:1mm 0;padding-left:5mm}.signs{display:flex;gap:10mm;break-inside:avoid}.signs div{flex:1}
.line{border-bottom:.3mm solid #000;height:11mm;margin-bottom:1mm}
`

export interface PrintedVersion {
  readonly version: number
  readonly madeAtMs: number
}

type Row = readonly [string, string]

const table = (rows: readonly Row[]): string =>
  `<table>${rows.map(([name, value]) => `<tr><th>${name}</th><td>${escaped(value)}</td></tr>`).join('')}</table>`

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

const section = (heading: string, body: string): string =>
  `<section><h2>${heading}</h2>${body}</section>`

const feeRow = (words: AgreementWords, fee: AgreedFee): string => {
  const { kind, amountMinor, currency, note, atMs, withdrawn } = fee
  const cells = [words[kind], sumText(amountMinor, currency), note, localText(atMs)]
  const last = withdrawn ? ` ${words.withdrawn}` : ''
  const mark = withdrawn ? ' class="out"' : ''
  return `<tr>${cells.map((cell) => `<td${mark}>${escaped(cell)}</td>`).join('')}<td>${last}</td></tr>`
}

const feesOf = (words: AgreementWords, fees: readonly AgreedFee[]): string => {
  if (fees.length === 0) return `<p>${words.noFees}</p>`
  const heads = [words.kind, words.sum, words.note, words.notedOn, '']
  const head = `<tr>${heads.map((one) => `<th>${one}</th>`).join('')}</tr>`
  const rows = fees.map((fee) => feeRow(words, fee)).join('')
  return `<p>${words.feesNote}</p><table class="fees">${head}${rows}</table>`
}

const signature = (words: AgreementWords, who: string): string =>
  `<div><p>${who}</p>${[words.sign, words.name, words.date].map((one) => `<div class="line"></div><p>${one}</p>`).join('')}</div>`

const timesOf = (words: AgreementWords, facts: AgreementFacts): readonly Row[] => {
  const at = (ms: number): string => `${localText(ms)} ${words.zone}`
  const { askedAtMs, startsAtMs, deadlineMs, confirmedAtMs, confirmedHow } = facts
  const how = confirmedHow === null ? '' : `, ${words.how[confirmedHow]}`
  return [
    [words.asked, at(askedAtMs)],
    [words.appointment, startsAtMs === null ? words.noAppointment : at(startsAtMs)],
    [words.deadline, at(deadlineMs)],
    [words.confirmed, confirmedAtMs === null ? words.unconfirmed : `${at(confirmedAtMs)}${how}`],
  ]
}

const bodyOf = (
  words: AgreementWords,
  facts: AgreementFacts,
  { version, madeAtMs }: PrintedVersion,
): string => {
  const { acquirerCode, merchant, mid, tid, sn, tusn, place, reason, fees } = facts
  const where = place ?? words.noPlace
  const why = `${reason.zh} / ${reason.en} (${reason.code})`
  return [
    `<h1>${words.title}</h1>`,
    `<p class="head">${words.caseNumber} ${escaped(facts.case)} · ${words.version} ${String(version)}`,
    ` ${words.of} ${localText(madeAtMs)} ${words.zone}</p>`,
    section(
      words.parties,
      table([
        [words.acquirer, acquirerCode],
        [words.merchant, merchant],
        [words.mid, mid],
      ]),
    ),
    section(
      words.terminal,
      table([
        [words.tid, tid],
        [words.sn, sn],
        ...(tusn === null ? [] : [[words.tusn, tusn] as const]),
        [words.place, where],
      ]),
    ),
    section(words.why, table([[words.reason, why], ...timesOf(words, facts)])),
    `<p>${words.before}</p>`,
    section(words.erased, list(words.erasedItems)),
    section(words.kept, list(words.keptItems)),
    section(words.fees, feesOf(words, fees)),
    section(
      words.signatures,
      `<div class="signs">${signature(words, words.forMerchant)}${signature(words, words.forAcquirer)}</div>`,
    ),
  ].join('')
}

/** UTF-8. */
export const agreementPage = (
  facts: AgreementFacts,
  printed: PrintedVersion,
  language: NoticeLanguage,
): Uint8Array => {
  const words = agreementWords[language]
  return utf8(
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">` +
      `<title>${words.title}</title><style>${agreementStyle}</style></head>` +
      `<body>${bodyOf(words, facts, printed)}</body></html>\n`,
  )
}

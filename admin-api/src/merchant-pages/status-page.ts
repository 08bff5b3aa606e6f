/** What a merchant sees of one case, and what he can do about it while that is possible. */
import {
  caseLimits,
  escaped,
  localText,
  readWaits,
  waitings,
  wantsOf,
  type CaseView,
  type MerchantContactRow,
  type WaitingCode,
} from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { pageWords, type PageWords, type Said } from './page-words.js'
import { stateWords, type Language } from './state-words.js'
import { waitingWords } from './waiting-words.js'

export interface Shown {
  readonly language: Language
  /** Of this page, for its forms. */
  readonly path: string
  readonly merchant: string
  readonly said: Said | undefined
}

export const saidBody = ({ language, said }: Pick<Shown, 'language' | 'said'>): string =>
  said === undefined ? '' : `<section class="said">${pageWords[language].said[said]}</section>`

/** Before it is ordered, as the records will say again when something is asked of them. */
const maySayMore = ({ open, state }: CaseView): boolean =>
  open === 1 && ['OPENED', 'PRECHECK', 'BLOCKED', 'AWAITING_APPROVAL', 'APPROVED'].includes(state)

export const mayConfirm = (view: CaseView): boolean =>
  maySayMore(view) && view.confirmedAtMs === null && wantsOf(view.reason).confirmation

const mayMove = (view: CaseView): boolean =>
  maySayMore(view) && view.reschedules < caseLimits.reschedulesMax

const field = (label: string, input: string): string => `<label>${label} ${input}</label>`

const confirmBody = (
  words: PageWords,
  { path, language }: Shown,
  contacts: readonly MerchantContactRow[],
): string => {
  if (contacts.length === 0)
    return `<section><h2>${words.confirm}</h2><p>${words.noContact}</p></section>`
  const choices = contacts.map(
    ({ uuid, masked }, place) =>
      `<label><input type="radio" name="contact" value="${uuidToText(uuid)}"` +
      `${place === 0 ? ' checked' : ''}>${escaped(masked)}</label>`,
  )
  const lang = `<input type="hidden" name="lang" value="${language}">`
  return (
    `<section><h2>${words.confirm}</h2><form method="post" action="${escaped(path)}/code">${lang}` +
    `<p>${words.sendTo}</p>${choices.join('')}<button>${words.send}</button></form>` +
    `<form method="post" action="${escaped(path)}/confirm">${lang}` +
    field(
      words.code,
      '<input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required>',
    ) +
    `<button>${words.giveCode}</button></form></section>`
  )
}

const moveBody = (words: PageWords, { path, language }: Shown): string =>
  `<section><h2>${words.move}</h2><form method="post" action="${escaped(path)}/appointment">` +
  `<input type="hidden" name="lang" value="${language}">` +
  field(words.day, '<input type="date" name="day" required>') +
  field(`${words.time} ${words.zone}`, '<input type="time" name="time" required>') +
  `<button>${words.moveIt}</button></form></section>`

const factsOf = (words: PageWords, { merchant }: Shown, view: CaseView): string => {
  const at = (ms: number): string => `${localText(ms)} ${words.zone}`
  const facts: readonly (readonly [string, string])[] = [
    [words.shop, merchant],
    [words.terminal, view.sn.slice(-4)],
    [words.asked, at(view.createdAtMs)],
    ...(view.open === 1 && view.startsAtMs > view.createdAtMs
      ? [[words.appointment, at(view.startsAtMs)] as const]
      : []),
    ...(view.endedAtMs === null ? [] : [[words.ended, at(view.endedAtMs)] as const]),
  ]
  return facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')
}

/** They hold nothing up, so they don't stand among what does. */
const notes: ReadonlySet<string> = new Set(
  waitings.flatMap(({ code, rule }) => (rule === 'note' ? [code] : [])),
)

/** Several may be one and the same to the merchant. */
const listOf = (codes: readonly WaitingCode[], language: Language): string => {
  const lines = [...new Set(codes.map((code) => waitingWords[code][language]))]
  return lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`
}

/** What a page shows beside the case itself. */
interface Beside {
  readonly contacts: readonly MerchantContactRow[]
  /** One was printed. */
  readonly hasAgreement: boolean
}

const agreementBody = (words: PageWords, { path, language }: Shown): string =>
  `<section><a href="${escaped(path)}/agreement?lang=${language}">${words.agreement}</a></section>`

export const statusBody = (
  shown: Shown,
  view: CaseView,
  { contacts, hasAgreement }: Beside,
): string => {
  const { language } = shown
  const words = pageWords[language]
  const { title, text } = stateWords[view.state][language]
  const waits = readWaits(view.waitsFor)
  const todo = listOf(
    waits.filter((code) => !notes.has(code)),
    language,
  )
  const alsoTrue = listOf(
    waits.filter((code) => notes.has(code)),
    language,
  )
  return (
    saidBody(shown) +
    `<section><h1>${title}</h1><p>${text}</p>${todo}<dl>${factsOf(words, shown, view)}</dl>${alsoTrue}</section>` +
    (mayConfirm(view) ? confirmBody(words, shown, contacts) : '') +
    (hasAgreement ? agreementBody(words, shown) : '') +
    (mayMove(view) ? moveBody(words, shown) : '')
  )
}

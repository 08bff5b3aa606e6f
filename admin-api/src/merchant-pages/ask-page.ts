/** Where no case is there yet: a merchant asks for one of his own terminals to be taken back. */
import { escaped, type BindingView } from '@tillgate/gateway'

import { pageWords } from './page-words.js'
import { saidBody, type Shown } from './status-page.js'

export const askBody = (shown: Shown, bindings: readonly BindingView[]): string => {
  const { language, path } = shown
  const words = pageWords[language]
  if (bindings.length === 0) return `<section><h1>${words.ask}</h1><p>${words.none}</p></section>`
  const choices = bindings.map(
    ({ sn }) =>
      `<label><input type="radio" name="sn" value="${escaped(sn)}" required>` +
      `${words.terminal} ${escaped(sn.slice(-4))}</label>`,
  )
  return (
    saidBody(shown) +
    `<section><h1>${words.ask}</h1><form method="post" action="${escaped(path)}/request">` +
    `<input type="hidden" name="lang" value="${language}">` +
    `${choices.join('')}<p>${words.afterwards}</p><button>${words.askIt}</button></form></section>`
  )
}

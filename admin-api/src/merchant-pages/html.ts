/**
 * The frame of a merchant's page: plain HTML that needs no script, reads on a telephone and prints. Its
 * headers keep it out of caches and out of other people's pages, and let nothing be loaded.
 */
import { createHash } from 'node:crypto'

import { escaped } from '@tillgate/gateway'

import type { Language } from './state-words.js'
import { pageWords } from './page-words.js'

const style = `
:root{color-scheme:light}*{box-sizing:border-box}
body{font:17px/1.5 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}
main{max-width:34rem;margin:0 auto;padding:1rem}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
header p{margin:0;color:#57606a}
section{background:#fff;border:1px solid #d0d7de;border-radius:10px;padding:1rem 1.1rem;margin:1rem 0}
h1{font-size:1.5rem;line-height:1.25;margin:.1rem 0 .5rem}h2{font-size:1.1rem;margin:0 0 .6rem}
.said{background:#eaf3ff;border-color:#9cc3f5}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:.8rem 0 0}dt{color:#57606a}dd{margin:0;overflow-wrap:anywhere}
ul{padding-left:1.2rem;margin:.5rem 0}label{display:block;margin:.5rem 0}
input{font:inherit;padding:.5rem;border:1px solid #8c959f;border-radius:6px;max-width:100%}
input[type=radio]{margin-right:.5rem}
button{font:inherit;padding:.6rem 1.1rem;border:0;border-radius:6px;background:#0b5cad;color:#fff;margin-top:.6rem;width:100%}
a{color:#0b5cad}
@media print{form,header a{display:none}body{background:#fff}section{border:0;padding:0}}
`

const styleHash = createHash('sha256').update(style).digest('base64')

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; ` +
    `frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}

/** `body` is HTML already. */
export const pageOf = (language: Language, body: string, path?: string): string => {
  const words = pageWords[language]
  const other = language === 'en' ? 'zh' : 'en'
  const turn =
    path === undefined
      ? ''
      : `<a href="${escaped(path)}?lang=${other}" hreflang="${other}">${words.other}</a>`
  return (
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>${words.page}</title><style>${style}</style></head>` +
    `<body><main><header><p>${words.page}</p>${turn}</header>${body}</main></body></html>`
  )
}

export const goneBody = (language: Language): string => {
  const { gone, goneText } = pageWords[language]
  return `<section><h1>${gone}</h1><p>${goneText}</p></section>`
}

/** What a node says of itself to whoever watches it. All of it comes from its operator and its build. */
import { readFileSync } from 'node:fs'

import type { NodeConfig } from './config.js'

export interface AboutNode {
  readonly name: string
  readonly version: string
  readonly records: string
  readonly coordination: string
  readonly link: string
}

const versionIn = (text: string): string =>
  (JSON.parse(text) as { readonly version: string }).version

const version = versionIn(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

export const aboutNode = (config: NodeConfig, name: string): AboutNode => ({
  name,
  version,
  records: config.records?.kind ?? 'sqlite',
  coordination: config.coordination?.kind ?? 'in-process',
  link: config.link ?? 'listener',
})

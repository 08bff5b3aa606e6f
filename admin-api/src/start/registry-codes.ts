/**
 * The registry codes of each acquirer, a file each in the folder that `TILLGATE_REGISTRY_CODES` names. A
 * wrong one is refused at the start, with its file and place: a code that is guessed would tell the
 * registry something else.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AcquirerCodes, RegistryCodes } from '@tillgate/gateway'
import { parse } from 'yaml'

import { readText } from './secrets.js'
import { ConfigError } from './variables.js'

const variable = 'TILLGATE_REGISTRY_CODES'
const filesMax = 1_000
const fileLettersMax = 64 * 1024

type Fields = Readonly<Record<string, unknown>>

class Table {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  wrong(rule: string): never {
    throw new ConfigError(variable, `${this.#file}: ${rule}`)
  }

  /** These fields and no other. */
  fields(value: unknown, place: string, names: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.wrong(`${place} must have the fields ${names.join(', ')}`)
    }
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) this.wrong(`${place} has no field ${name}`)
    }
    for (const name of names) if (!(name in value)) this.wrong(`${place} lacks ${name}`)
    return value as Fields
  }

  code(value: unknown, place: string): string {
    // YAML makes a number of 01: then the zero is gone, and nobody can tell.
    if (typeof value !== 'string') return this.wrong(`${place} must be text, in quotes`)
    return /^[\x21-\x7e]{1,32}$/.test(value)
      ? value
      : this.wrong(`${place} must be 1 to 32 letters, digits or signs`)
  }

  codes(value: unknown, place: string): readonly string[] {
    if (!Array.isArray(value)) return this.wrong(`${place} must be a list`)
    return value.map((code, i) => this.code(code, `${place}[${String(i)}]`))
  }
}

const codesIn = (table: Table, content: unknown): readonly [string, AcquirerCodes] => {
  const file = table.fields(content, 'the table', ['acquirer', 'acts', 'answers'])
  const acquirer = table.code(file['acquirer'], 'acquirer')
  const told = table.fields(file['acts'], 'acts', ['enable', 'disable', 'cancel'])
  const said = table.fields(file['answers'], 'answers', ['ok', 'already', 'refused'])
  const code = (name: 'enable' | 'disable' | 'cancel') => table.code(told[name], `acts.${name}`)
  const list = (name: 'ok' | 'already' | 'refused') => table.codes(said[name], `answers.${name}`)
  const acts = { enable: code('enable'), disable: code('disable'), cancel: code('cancel') }
  const answers = { ok: list('ok'), already: list('already'), refused: list('refused') }
  if (new Set(Object.values(acts)).size < 3) table.wrong('two acts have one code')
  const all = Object.values(answers).flat()
  if (new Set(all).size < all.length) table.wrong('an answer has two meanings')
  if (answers.ok.length === 0) table.wrong('answers.ok names no code')
  return [acquirer, { acts, answers }]
}

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort()
  } catch (error) {
    const reason = (error as { code?: string }).code ?? 'unreadable'
    throw new ConfigError(variable, `names a folder that can't be read (${reason})`)
  }
}

const contentOf = (table: Table, text: string): unknown => {
  if (text.length > fileLettersMax) return table.wrong('is too long')
  try {
    // JSON is YAML as well; aliases could make a small file large.
    return parse(text, { maxAliasCount: 0 })
  } catch {
    return table.wrong('is neither YAML nor JSON')
  }
}

export const readRegistryCodes = (folder: string): RegistryCodes => {
  const files = filesIn(folder)
  if (files.length === 0) throw new ConfigError(variable, 'names a folder without .yaml or .json')
  if (files.length > filesMax) throw new ConfigError(variable, 'names a folder of too many files')
  const codes = new Map<string, AcquirerCodes>()
  for (const name of files) {
    const table = new Table(name)
    const content = contentOf(table, readText(variable, join(folder, name)))
    const [acquirer, own] = codesIn(table, content)
    if (codes.has(acquirer)) table.wrong(`acquirer ${acquirer} has a table already`)
    codes.set(acquirer, own)
  }
  return codes
}

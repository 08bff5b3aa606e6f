import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { tempFolder } from '../../../test/ground/index.js'
import { readRegistryCodes } from './registry-codes.js'

const good = `
acquirer: '48210001'
acts: { enable: '01', disable: '02', cancel: '03' }
answers: { ok: ['0000'], already: ['1001', '1002'], refused: ['2001'] }
`

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = tempFolder('registry-codes')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('each acquirer has its file, in YAML or JSON, and what is neither is passed over', () => {
  const other = {
    acquirer: '48020000',
    acts: { enable: 'E', disable: 'D', cancel: 'C' },
    answers: { ok: ['OK'], already: [], refused: [] },
  }
  const files = { 'one.yaml': good, 'two.json': JSON.stringify(other), 'notes.txt': 'hello' }
  const codes = readRegistryCodes(folderOf(files))
  expect([...codes.keys()]).toEqual(['48210001', '48020000'])
  expect(codes.get('48210001')).toEqual({
    acts: { enable: '01', disable: '02', cancel: '03' },
    answers: { ok: ['0000'], already: ['1001', '1002'], refused: ['2001'] },
  })
})

test.each([
  ['a code that is a number to YAML', good.replace("'03'", '03'), 'acts.cancel must be text'],
  ['two acts with one code', good.replace("'02'", "'01'"), 'two acts have one code'],
  ['an answer with two meanings', good.replace("'2001'", "'0000'"), 'two meanings'],
  ['no yes at all', good.replace("ok: ['0000']", 'ok: []'), 'answers.ok names no code'],
  ['an act that is missing', good.replace("disable: '02', ", ''), 'acts lacks disable'],
  ['a field that nobody knows', `${good}\nversion: '1'`, 'no field version'],
  ['a code with a space', good.replace("'0000'", "'00 00'"), 'answers.ok\\[0\\] must be 1 to 32'],
  ['a list that is none', good.replace("['0000']", "'0000'"), 'answers.ok must be a list'],
  ['what is no YAML', 'acts: [', 'neither YAML nor JSON'],
  ['an alias', 'acquirer: &a x\nacts: *a\nanswers: *a', 'neither YAML nor JSON'],
  ['nothing', '', 'the table must have the fields'],
])('%s is refused by the file’s name', (_, text, rule) => {
  const folder = folderOf({ 'bank.yaml': text })
  expect(() => readRegistryCodes(folder)).toThrow(
    new RegExp(`^TILLGATE_REGISTRY_CODES bank\\.yaml: .*${rule}`),
  )
})

test('two tables of one acquirer are refused', () => {
  const folder = folderOf({ 'a.yaml': good, 'b.yaml': good })
  expect(() => readRegistryCodes(folder)).toThrow(/b\.yaml: acquirer 48210001 has a table already/)
})

test('an empty folder is refused', () => {
  expect(() => readRegistryCodes(folderOf({}))).toThrow(/^TILLGATE_REGISTRY_CODES /)
})

import { expect, it } from 'vitest'

import { scopedColumns, sealedColumns } from './sealed-columns.js'
import { columns, type TableName } from './tables.js'

const listed = new Set([
  ...Object.values(sealedColumns).map(({ table, column }) => `${table}.${column}`),
  ...Object.entries(scopedColumns).flatMap(([table, names]) =>
    names.map((name) => `${table}.${name}`),
  ),
])

it('every column that is called sealed is sealed anew with its key, or carried over with its scope', () => {
  const named = (Object.keys(columns) as TableName[]).flatMap((table) =>
    Object.keys(columns[table])
      .filter((column) => column.startsWith('sealed') && !column.endsWith('AtMs'))
      .map((column) => `${table}.${column}`),
  )
  expect(named.filter((column) => !listed.has(column))).toEqual([])
  expect(named.length).toBeGreaterThan(3)
})

it('what is listed exists', () => {
  const known = (Object.keys(columns) as TableName[]).flatMap((table) =>
    Object.keys(columns[table]).map((column) => `${table}.${column}`),
  )
  expect([...listed].filter((column) => !known.includes(column))).toEqual([])
})

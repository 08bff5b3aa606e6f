/**
 * camelCase in rows, snake_case in SQL. Every name that reaches SQL text comes from the `columns`
 * table of the core; whatever else is asked for is a bug, so no text of a caller gets into a
 * statement.
 */
import { columns, type TableName } from '../../core/records/tables.js'

export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const tableNames = Object.keys(columns) as readonly TableName[]

export const columnNames = (table: TableName): readonly string[] => Object.keys(columns[table])

/** Double quotes keep a column called `type` or `open` from being taken for a word of SQL. */
export const quoted = (name: string): string => `"${snakeCase(name)}"`

export const isTable = (name: string): name is TableName => Object.hasOwn(columns, name)

export const hasColumn = (table: TableName, column: string): boolean =>
  Object.hasOwn(columns[table], column)

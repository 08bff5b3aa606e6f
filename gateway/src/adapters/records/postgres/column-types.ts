/** Which type each column has, as the server says; the casts of the statements are made from it. */
import type { TableName } from '../../../core/records/tables.js'
import { BadShape } from '../group.js'
import { hasColumn, isTable, snakeCase } from '../sql-names.js'
import type { Session } from './session.js'

export class ColumnTypes {
  readonly #types: ReadonlyMap<string, string>

  constructor(types: ReadonlyMap<string, string>) {
    this.#types = types
  }

  static async read(session: Session): Promise<ColumnTypes> {
    const rows = await session.rowsOf(
      `select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`,
    )
    const types = rows.map(
      ([table, column, type]) => [`${String(table)} ${String(column)}`, String(type)] as const,
    )
    return new ColumnTypes(new Map(types))
  }

  /** Throws BadShape for what the core does not name. */
  of(table: TableName, column: string): string {
    if (!isTable(table)) throw new BadShape(`no table is called ${String(table)}`)
    const type = hasColumn(table, column)
      ? this.#types.get(`${snakeCase(table)} ${snakeCase(column)}`)
      : undefined
    if (type === undefined) throw new BadShape(`${table} has no column ${column}`)
    return type
  }
}

/**
 * What the committed writes make of commands, bindings and terminals: a checker's own copy of the
 * records, built from the rows as they were written and never read from the product.
 */
import type { BindingRow, CommandRow, TerminalRow, Write } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { madeTerminals } from '../world/factory.js'

type Stored<T> = { -readonly [K in keyof T]: T[K] }

export class LedgerModel {
  readonly commands = new Map<number, Stored<CommandRow>>()
  readonly bindings = new Map<number, Stored<BindingRow>>()
  readonly terminals = new Map<number, Partial<Stored<TerminalRow>>>()
  readonly #byUuid = new Map<string, number>()

  apply(writes: readonly Write[]): void {
    for (const write of writes) {
      const rows = this.#table(write.table)
      if (rows === undefined) continue
      if (write.write === 'insert') this.#insert(write)
      else rows.set(write.id, { ...(rows.get(write.id) ?? {}), ...write.set })
    }
  }

  /** By the uuid as text. */
  command(commandId: string): Stored<CommandRow> | undefined {
    const id = this.#byUuid.get(commandId)
    return id === undefined ? undefined : this.commands.get(id)
  }

  #insert({ table, row }: Extract<Write, { write: 'insert' }>): void {
    const id = row['id']
    if (typeof id !== 'number') throw new Error(`a ${table} without its id`)
    this.#table(table)?.set(id, { ...row })
    if (table === 'command') this.#byUuid.set(uuidToText(row['uuid'] as Uint8Array), id)
  }

  #table(table: Write['table']): Map<number, object> | undefined {
    switch (table) {
      case 'command':
        return this.commands as Map<number, object>
      case 'binding':
        return this.bindings as Map<number, object>
      case 'terminal':
        return this.terminals as Map<number, object>
      default:
        return undefined
    }
  }
}

/** The serial number behind a terminal's key: they were registered in this order. */
export const snOf = (terminalId: number): string => madeTerminals[terminalId - 1]?.sn ?? 'nobody'

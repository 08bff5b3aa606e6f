/** Sales by number, so that who pressed the key hears how it ended; also when the power went. */
import type { Note } from '../terminal/effect.js'
import type { Input } from '../terminal/input.js'

export interface SaleEnd {
  /** `unanswered`: it is reversed later; whether the host had taken it, nobody knows yet. */
  readonly outcome:
    'approved' | 'stored' | 'declined' | 'unanswered' | 'not-possible' | 'power-loss' | 'stopped'
  readonly reason: string
  readonly trace: number
}

export class SalesAtTill {
  readonly #waiting = new Map<number, (end: SaleEnd) => void>()
  #lastId = 0

  begin(press: (saleId: number) => void): Promise<SaleEnd> {
    const saleId = ++this.#lastId
    return new Promise((resolve) => {
      this.#waiting.set(saleId, resolve)
      press(saleId)
    })
  }

  note(note: Note): void {
    if (note.what !== 'sale' && note.what !== 'offline-sale') return
    const { saleId, outcome, reason, trace } = note
    this.#end(saleId, { outcome, reason, trace })
  }

  /** Pressed while the power is off. */
  missed(input: Input): void {
    if (input.kind !== 'sale' && input.kind !== 'offline-sale') return
    this.#end(input.saleId, { outcome: 'not-possible', reason: 'no-power', trace: 0 })
  }

  endAll(outcome: 'power-loss' | 'stopped'): void {
    for (const saleId of [...this.#waiting.keys()]) {
      this.#end(saleId, { outcome, reason: '', trace: 0 })
    }
  }

  #end(saleId: number, end: SaleEnd): void {
    const resolve = this.#waiting.get(saleId)
    this.#waiting.delete(saleId)
    resolve?.(end)
  }
}

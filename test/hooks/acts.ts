// What a reference receiver does with a message: the acquirer's switch, registry and notices in one. It
// decides by the message alone; that a repeated one is no second act is the receiver's (`receiver.ts`),
// but for the host, whose rising numbers make a repetition the same call by themselves.

export type Answer = Readonly<Record<string, unknown>>
export type Data = Readonly<Record<string, unknown>>

/** The registry's own codes, where this one speaks in codes. */
export interface SpokenCodes {
  readonly enable: string
  readonly cancel: string
  readonly done: string
  readonly already: string
  readonly refused: string
}

export class Acts {
  /** Effects, the oldest first, as `host.block 4802/M1/T1` and its number. */
  readonly effects: string[] = []
  readonly unknownTids = new Set<string>()
  readonly obstacles = new Map<string, readonly string[]>()
  /** What the registry answers instead of doing it. */
  refusal: string | undefined
  codes: SpokenCodes | undefined
  readonly #tids = new Map<string, { readonly state: string; readonly callNumber: number }>()
  readonly #associations = new Map<string, boolean>()

  isDecidedAnew(type: string): boolean {
    return type.startsWith('host.')
  }

  state(acquirerCode: string, mid: string, tid: string): string {
    return this.#tids.get([acquirerCode, mid, tid].join('/'))?.state ?? 'open'
  }

  do(type: string, data: Data): Answer {
    switch (type) {
      case 'host.block':
        return this.#order(type, data, 'blocked')
      case 'host.unblock':
        return this.#order(type, data, 'open')
      case 'host.show':
        return this.#show(data)
      case 'registry.register':
        return this.#register(type, data, true)
      case 'registry.deregister':
        return this.#register(type, data, false)
      case 'notices.send':
        return { outcome: 'taken', reference: this.#effect(type, String(data['to'])) }
      default:
        return { outcome: 'refused', detail: `no such type: ${type}` }
    }
  }

  #effect(type: string, what: string): string {
    this.effects.push(`${type} ${what}`)
    return `act-${String(this.effects.length)}`
  }

  #order(type: string, data: Data, state: string): Answer {
    const key = [data['acquirerCode'], data['mid'], data['tid']].join('/')
    if (this.unknownTids.has(key)) return { outcome: 'unknown-tid' }
    const callNumber = Number(data['callNumber'])
    const known = this.#tids.get(key)
    if (known !== undefined && callNumber < known.callNumber) {
      return { outcome: 'stale', detail: `${String(known.callNumber)} was seen` }
    }
    if (known?.callNumber === callNumber) {
      return known.state === state ? { outcome: state } : { outcome: 'refused', detail: 'reused' }
    }
    this.#tids.set(key, { state, callNumber })
    this.#effect(type, `${key} #${String(callNumber)}`)
    return { outcome: state }
  }

  #show(data: Data): Answer {
    const key = [data['acquirerCode'], data['mid'], data['tid']].join('/')
    if (this.unknownTids.has(key)) return { outcome: 'unknown-tid' }
    const { state, callNumber } = this.#tids.get(key) ?? { state: 'open', callNumber: 0 }
    const obstacles = this.obstacles.get(key)
    return { outcome: state, callNumber, ...(obstacles === undefined ? {} : { obstacles }) }
  }

  #register(type: string, data: Data, isOn: boolean): Answer {
    const { codes, refusal } = this
    const key = ['acquirerCode', 'mid', 'tid', 'sn'].map((name) => data[name]).join('/')
    const detail = refusal
    const act = isOn ? codes?.enable : codes?.cancel
    if (data['actCode'] !== act) throw new Error(`another act: ${String(data['actCode'])}`)
    if (detail !== undefined) {
      return codes === undefined ? { outcome: 'refused', detail } : { code: codes.refused, detail }
    }
    const stood = (this.#associations.get(key) ?? !isOn) === isOn
    this.#associations.set(key, isOn)
    const reference = stood ? `stood-${String(this.effects.length)}` : this.#effect(type, key)
    if (codes === undefined) return { outcome: stood ? 'already' : 'done', reference }
    return { code: stood ? codes.already : codes.done, reference }
  }
}

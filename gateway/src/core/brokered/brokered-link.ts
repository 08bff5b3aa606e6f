/**
 * A terminal behind a broker in the shape of a link's session, so that handlers and loops need not know
 * the difference. There is no connection to close: closing it ends what this node knows of the session,
 * and nothing at the broker. That the broker took an envelope is not its delivery (I8).
 */
import type { Broker } from '../ports/broker.js'
import type { Admitted, CloseReason, LinkSession, SendOutcome } from '../ports/link.js'

export interface BrokeredLinkParts {
  readonly id: number
  readonly admission: Admitted
  readonly certificateSha256: Uint8Array
  readonly broker: Pick<Broker, 'publish'>
  closed(link: BrokeredLink, reason: CloseReason): void
}

export class BrokeredLink implements LinkSession {
  readonly id: number
  readonly admission: Admitted
  readonly certificateSha256: Uint8Array
  readonly resumed = false
  readonly mqttVersion = 5
  readonly #parts: BrokeredLinkParts
  #isClosed = false

  constructor(parts: BrokeredLinkParts) {
    this.id = parts.id
    this.admission = parts.admission
    this.certificateSha256 = parts.certificateSha256
    this.#parts = parts
  }

  get sn(): string {
    return this.admission.sn
  }

  get terminalId(): number {
    return this.admission.terminalId
  }

  send(payload: Uint8Array, _delivered?: () => void, isMeant?: () => boolean): SendOutcome {
    if (this.#isClosed) return 'closed'
    return this.#parts.broker.publish({
      sn: this.sn,
      payload,
      isMeant: () => !this.#isClosed && (isMeant?.() ?? true),
    })
  }

  close(reason: CloseReason): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#parts.closed(this, reason)
  }
}

/** What the handler holds of a connection, from its admission to its end. */
import type { Admitted, CloseReason, LinkSession, SendOutcome } from '../../../core/ports/link.js'
import type { MqttVersion } from './packets/inbound.js'
import type { Wire } from './server/wire.js'

export interface SessionOwner {
  send(payload: Uint8Array, delivered: (() => void) | undefined): SendOutcome
  close(reason: CloseReason): void
}

export interface SessionParts {
  readonly id: number
  readonly admission: Admitted
  readonly wire: Wire
  readonly version: MqttVersion
}

export class LiveSession implements LinkSession {
  readonly id: number
  readonly admission: Admitted
  readonly mqttVersion: MqttVersion
  readonly #owner: SessionOwner
  readonly #wire: Wire

  constructor(owner: SessionOwner, { id, admission, wire, version }: SessionParts) {
    this.#owner = owner
    this.#wire = wire
    this.id = id
    this.admission = admission
    this.mqttVersion = version
  }

  get sn(): string {
    return this.admission.sn
  }

  get terminalId(): number {
    return this.admission.terminalId
  }

  get certificateSha256(): Uint8Array {
    return this.#wire.certificateSha256
  }

  get resumed(): boolean {
    return this.#wire.resumed
  }

  send(payload: Uint8Array, delivered?: () => void): SendOutcome {
    return this.#owner.send(payload, delivered)
  }

  close(reason: CloseReason): void {
    this.#owner.close(reason)
  }
}

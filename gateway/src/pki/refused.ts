/**
 * Why the PKI does not start. Each says in its message what the operator should do; none carries a
 * secret. What a terminal or a caller did wrong is never one of these: that is answered as a value.
 */
export type PkiRefusedCode =
  | 'SEALING_KEY_MISSING' // the vault is sealed and there is no key
  | 'SEALING_KEY_WRONG' // the vault is sealed under another key
  | 'SEALING_KEY_MALFORMED'
  | 'VAULT_DAMAGED' // a sealed part fails its tag, or an entry is incomplete
  | 'OFFLINE_ROOT_MISSING' // taken away before the first start was finished
  | 'GIVEN_KEY_UNFIT' // a PEM file of the configuration is no such key
  | 'GIVEN_KEY_DIFFERS' // another key is in the vault already
  | 'SERVER_CERTIFICATE_UNFIT' // the certificate that is given can not be shown
  | 'CONFIG'

export class PkiRefused extends Error {
  readonly code: PkiRefusedCode
  constructor(code: PkiRefusedCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PkiRefused'
    this.code = code
  }
}

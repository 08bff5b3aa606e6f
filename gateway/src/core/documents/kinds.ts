/** What may be uploaded: why it is asked for, who may open it, and for how long it is kept at least. */

/** `papers`: whoever works on the case. `identities`: shows a person's identity or account; fewer may. */
export type DocumentReader = 'papers' | 'identities'

export interface DocumentKind {
  readonly zh: string
  readonly reader: DocumentReader
}

export const documentKinds = {
  'business-licence': { zh: '营业执照', reader: 'papers' },
  'identity-document': { zh: '身份证件', reader: 'identities' },
  'account-proof': { zh: '结算账户证明', reader: 'identities' },
  'service-contract': { zh: '受理协议', reader: 'papers' },
  'application-form': { zh: '申请表', reader: 'papers' },
  'letter-of-authority': { zh: '授权书', reader: 'identities' },
  /** The signed copy of what is printed from the case. */
  'closing-agreement': { zh: '解绑协议（已签署）', reader: 'papers' },
  'inspection-photo': { zh: '巡检照片', reader: 'papers' },
  'erasure-certificate': { zh: '清除证明', reader: 'papers' },
  'court-order': { zh: '法院文书', reader: 'identities' },
  other: { zh: '其他', reader: 'identities' },
} as const satisfies Readonly<Record<string, DocumentKind>>

export type DocumentKindName = keyof typeof documentKinds
export const documentKindNames = Object.keys(documentKinds) as readonly DocumentKindName[]

/** What the records hold under a name that is not here is shown to the fewest. */
export const readerOf = (kind: string): DocumentReader =>
  Object.hasOwn(documentKinds, kind) ? documentKinds[kind as DocumentKindName].reader : 'identities'

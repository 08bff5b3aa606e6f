/**
 * Uploads and their content. A document is sealed in parts under its scope's key before anything reaches
 * the records, and each part is written in a transaction of its own. What is answered as kept is whole.
 */
import { concat, utf8, uuidFromText, uuidToText, type ErrorCode } from '@tillgate/protocol'
import { coreLimits } from '../limits.js'
import type { IdempotencyClaim } from '../operations/idempotency.js'
import type { CaseLane } from '../operations/keep-document.js'
import type { Belonging, Sealing } from '../ports/sealing.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, Entropy, EpochMs, Ids } from '../ports/system.js'
import type { DocumentView } from '../queries/queries.js'
import type { DocumentRow } from '../records/tables.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import { parseScope } from '../sealing/scopes.js'
import { textOf } from '../sealing/text-of.js'
import { checkType, type MediaType } from './content-type.js'
import { safeName } from './file-name.js'
import type { DocumentKindName } from './kinds.js'

export interface Upload {
  readonly scope: string
  readonly merchantId: number
  readonly kind: DocumentKindName
  readonly mediaType: MediaType
  readonly name: string
  readonly content: Uint8Array
  readonly retainUntilMs: EpochMs
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
}

export interface DocumentRefusal {
  readonly ok: false
  readonly code: ErrorCode
  readonly field?: string
  readonly rule?: string
}

export type Uploaded =
  { readonly ok: true; readonly publicId: string; readonly replayed: boolean } | DocumentRefusal

export type OpenedContent =
  | {
      readonly ok: true
      /** In order. Throws where one does not open: what was read so far is not the document. */
      readonly parts: AsyncIterable<Uint8Array>
    }
  | DocumentRefusal

export interface DocumentService {
  upload(upload: Upload): Promise<Uploaded>
  content(document: DocumentRow): Promise<OpenedContent>
  /** Null where it can't be opened any more. */
  nameOf(document: DocumentRow): Promise<string | null>
  show(uuid: Uint8Array): Promise<DocumentView | undefined>
}

export interface DocumentPorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly scopes: ScopeSealing
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
}

const saltBytes = 32

const partOf = (id: string, place: number, count: number): Belonging => ({
  what: 'document.part',
  whose: `${id} ${String(place)}/${String(count)}`,
})
const nameOfDocument = (id: string): Belonging => ({ what: 'document.name', whose: id })
const saltOfDocument = (id: string): Belonging => ({ what: 'document.salt', whose: id })

const mismatch = (rule: string): DocumentRefusal => ({
  ok: false,
  code: 'CONTENT_TYPE_MISMATCH',
  field: 'content-type',
  rule,
})

/** What may be said of a content before anything is done with it; undefined where nothing is wrong. */
const faultOf = ({ content, mediaType, retainUntilMs }: Upload, nowMs: EpochMs) => {
  if (content.length === 0 || content.length > coreLimits.documentBytesMax) {
    const max = String(coreLimits.documentBytesMax)
    return { ok: false, code: 'TOO_LARGE', field: 'body', rule: `1 to ${max} bytes` } as const
  }
  const checked = checkType(mediaType, content)
  if (!checked.ok) return mismatch(checked.rule)
  const latestMs = nowMs + coreLimits.documentRetentionMsMax
  if (retainUntilMs > nowMs && retainUntilMs <= latestMs) return undefined
  const rule = 'must lie ahead, and not beyond what the longest retention allows'
  return { ok: false, code: 'VALIDATION', field: 'retainUntil', rule } as const
}

const sealingRefusals = {
  DESTROYED: 'DESTROYED',
  UNAVAILABLE: 'SEALING_UNAVAILABLE',
  KEY_MISSING: 'SEALING_UNAVAILABLE',
  DAMAGED: 'SEALING_UNAVAILABLE',
  TOO_LARGE: 'TOO_LARGE',
} as const

const unsealed = (code: keyof typeof sealingRefusals): DocumentRefusal => ({
  ok: false,
  code: sealingRefusals[code],
})

export const createDocumentService = (ports: DocumentPorts): DocumentService => {
  const { records, scopes, digest, clock, entropy, ids } = ports

  /** Each part in a transaction of its own; the code of the first that was refused. */
  const storeParts = async (
    documentId: number,
    id: string,
    { sealing, content, partCount }: { sealing: Sealing; content: Uint8Array; partCount: number },
  ): Promise<DocumentRefusal | undefined> => {
    const { documentPartBytes: size } = coreLimits
    for (let place = 0; place < partCount; place++) {
      const bytes = content.subarray(place * size, (place + 1) * size)
      const sealed = await sealing.seal(partOf(id, place, partCount), bytes)
      if (!sealed.ok) return unsealed(sealed.code)
      const part = { documentId, place, sealedPart: sealed.sealed }
      const stored = await records.submit('store-document-part', part)
      if (!stored.ok) return { ok: false, code: 'CONFLICT' }
    }
    return undefined
  }

  /** The case that waits for its papers, where the scope is one. */
  const caseOf = async (scope: string): Promise<{ readonly itsCase?: CaseLane }> => {
    const parsed = parseScope(scope)
    const uuid = parsed?.noun === 'case' ? uuidFromText(parsed.uuid) : undefined
    const row = uuid && (await records.read('case-by-uuid', { uuid }))
    return row === undefined ? {} : { itsCase: { caseId: row.id, terminalId: row.terminalId } }
  }

  const upload: DocumentService['upload'] = async (order) => {
    const { scope, merchantId, kind, mediaType, content, actor, idempotency } = order
    const fault = faultOf(order, clock.now())
    if (fault !== undefined) return fault
    const uuid = ids.next()
    const id = uuidToText(uuid)
    const sealing = scopes.of(scope)
    const salt = entropy.bytes(saltBytes)
    const name = utf8(safeName(order.name, mediaType))
    const [sealedName, sealedSalt] = await Promise.all([
      sealing.seal(nameOfDocument(id), name),
      sealing.seal(saltOfDocument(id), salt),
    ])
    if (!sealedName.ok) return unsealed(sealedName.code)
    if (!sealedSalt.ok) return unsealed(sealedSalt.code)
    const partCount = Math.ceil(content.length / coreLimits.documentPartBytes)
    const claim = idempotency === undefined ? {} : { idempotency }
    const atMs = clock.now()
    const begun = await records.submit('begin-document', {
      ...{ uuid, scope, merchantId, kind, mediaType, partCount, actor, atMs, ...claim },
      sizeBytes: content.length,
      contentHash: digest.sha256(concat(salt, content)),
      sealedName: sealedName.sealed,
      sealedSalt: sealedSalt.sealed,
      retainUntilMs: order.retainUntilMs,
      patienceUntilMs: atMs + coreLimits.documentPatienceMs,
    })
    if (!begun.ok) return begun
    if (begun.documentId === null) return { ok: true, publicId: begun.publicId, replayed: true }
    const { documentId } = begun
    const refused = await storeParts(documentId, id, { sealing, content, partCount })
    if (refused !== undefined) return refused
    const kept = await records.submit('keep-document', {
      ...{ documentId, scope, actor, atMs: clock.now(), ...claim },
      ...(await caseOf(scope)),
    })
    return kept.ok ? { ...kept, replayed: kept.publicId !== id } : kept
  }

  const openPart = async (document: DocumentRow, place: number) => {
    const { id: documentId, uuid, scope, partCount } = document
    const part = await records.read('document-part', { documentId, place })
    const sealed = part?.sealedPart
    if (sealed === null || sealed === undefined) return { ok: false, code: 'DESTROYED' } as const
    return scopes.of(scope).open(partOf(uuidToText(uuid), place, partCount), sealed)
  }

  async function* partsAfter(document: DocumentRow, first: Uint8Array) {
    yield first
    for (let place = 1; place < document.partCount; place++) {
      const opened = await openPart(document, place)
      if (!opened.ok) throw new Error(`part ${String(place)} of a document: ${opened.code}`)
      yield opened.secret
    }
  }

  return {
    upload,
    async content(document) {
      if (document.state === 'DROPPED') return unsealed('DESTROYED')
      const first = await openPart(document, 0)
      return first.ok
        ? { ok: true, parts: partsAfter(document, first.secret) }
        : unsealed(first.code)
    },
    async nameOf({ uuid, scope, sealedName }) {
      if (sealedName === null) return null
      const opened = await scopes.of(scope).open(nameOfDocument(uuidToText(uuid)), sealedName)
      return opened.ok ? textOf(opened.secret) : null
    },
    async show(uuid) {
      const row = await records.read('document-by-uuid', { uuid })
      return row?.state === 'RECEIVING' ? undefined : row
    },
  }
}

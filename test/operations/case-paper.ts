/** A paper that is kept with a case, as far as the records know: nothing of it is sealed. */
import { uuidToText } from '@tillgate/protocol'
import { bytes, hash, type Story } from './story.js'

export const keepPaper = async (
  story: Story,
  { uuid, caseUuid, kind }: { uuid: Uint8Array; caseUuid: Uint8Array; kind: string },
): Promise<Uint8Array> => {
  const { records } = story
  const view = await records.read('case-by-uuid', { uuid: caseUuid })
  if (view === undefined) throw new Error('no case')
  const { id: caseId, terminalId, merchantId } = view
  const scope = `case:${uuidToText(caseUuid)}`
  const about = { actor: 'ana', atMs: story.at() }
  await records.submit('make-scope-key', { scope, sealedPart: bytes(1), ...about })
  const begun = await records.submit('begin-document', {
    ...{ uuid, scope, merchantId, kind, mediaType: 'application/pdf' },
    ...{ sizeBytes: 1, partCount: 1, contentHash: hash(1), sealedName: bytes(1) },
    ...{ sealedSalt: bytes(1), retainUntilMs: about.atMs + 1_000_000, ...about },
    patienceUntilMs: about.atMs + 1_000,
  })
  if (!begun.ok || begun.documentId === null) throw new Error('no document')
  const { documentId } = begun
  await records.submit('store-document-part', { documentId, place: 0, sealedPart: bytes(1) })
  const itsCase = { caseId, terminalId }
  await records.submit('keep-document', { documentId, scope, itsCase, ...about })
  return uuid
}

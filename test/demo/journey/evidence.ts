/** The evidence of the case: fetched, kept in the folder, and checked as an auditor would, without the server. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { readPack, verifyPack, type EvidencePack, type VerifiedPack } from '@tillgate/protocol'
import { nodePrimitives, readIssued } from '@tillgate/protocol/node'

import type { Scene } from '../scene.js'
import type { Checks } from './checks.js'

/** The keys come another way than the file. */
const verifierOf = async ({ api, caPem }: Scene) => {
  const checkpoint = await api.get<string>('/v1/audit/verifier-key')
  return (pack: EvidencePack): VerifiedPack =>
    verifyPack(nodePrimitives, pack, { checkpoint, ca: caPem }, readIssued)
}

export const checkEvidence = async (scene: Scene, caseId: string): Promise<Checks> => {
  const file = join(scene.folder, 'evidence.json')
  const given = await scene.api.get<EvidencePack>(`/v1/unbind-cases/${caseId}/evidence`)
  await writeFile(file, JSON.stringify(given))
  const read = readPack(await readFile(file, 'utf8'))
  if (!read.ok) return { evidenceAttested: false, forgeryFound: false }
  const verify = await verifierOf(scene)
  const { pack } = read
  const events = pack.events.map((event) =>
    event.kind === 'case.approved' ? { ...event, actor: 'somebody else' } : event,
  )
  return {
    evidenceAttested: verify(pack).verdict === 'attested',
    forgeryFound: verify({ ...pack, events }).verdict === 'invalid',
  }
}

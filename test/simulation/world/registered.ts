/** Merchant, terminals and certificates: registered once a process, before anything can go wrong. */
import type { InlineRecords, Operations } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { account, assetEpoch, merchantUuid, model, terminalsMade } from './factory.js'
import { staff, type Person } from './staff.js'

/** Lets a person in, who sets a password and shows that the codes are right: none of them is real here. */
const admit = async (
  records: InlineRecords<Operations>,
  { id, login, roles }: Person,
  atMs: number,
): Promise<void> => {
  const uuid = new Uint8Array(16).fill(id)
  const activationHash = new Uint8Array(32).fill(id)
  const totpSecret = new Uint8Array(32).fill(id)
  const of = { activationHash, totpSecret, atMs }
  await records.submit('create-user', {
    ...{ uuid, publicId: uuidToText(uuid), login, name: login, roles },
    ...{ agentId: null, acquirerCode: null, actor: 'administrator' },
    ...{ activationHash, activationEndsAtMs: atMs + 1, atMs },
  })
  await records.submit('begin-activation', { ...of, passwordHash: 'of no use here' })
  const { ok } = await records.submit('confirm-activation', { ...of, totpStep: 1 })
  const found = await records.read('user-by-login', { login })
  if (!ok || found?.id !== id) throw new Error(`simulation: ${login} could not be let in`)
}

export const registerAll = async (
  records: InlineRecords<Operations>,
  atMs: number,
  terminals: number,
): Promise<void> => {
  const about = { actor: 'administrator', atMs }
  const merchant = { uuid: merchantUuid, publicId: uuidToText(merchantUuid), name: '小卖部' }
  const answers = [records.submit('create-merchant', { ...merchant, ...account, ...about })]
  for (const { sn, certificateSha256, certificate: der, spki } of terminalsMade(terminals)) {
    const terminal = { sn, vendor: 'SIM', model, tusn: null, assetEpoch }
    const certificate = {
      sha256: certificateSha256,
      der,
      spki,
      issuer: 'vendor',
      notBeforeMs: 1,
      notAfterMs: 4e12,
    } as const
    const registered = records.submit('register-terminal', { ...terminal, ...about })
    const trusted = records.submit('register-certificate', { sn, certificate, ...about })
    for (const { ok } of [await registered, await trusted]) {
      if (!ok) throw new Error(`simulation: ${sn} could not be registered`)
    }
  }
  await Promise.all(answers)
  for (const one of staff) await admit(records, one, atMs)
}

/** Merchant, terminals and certificates: registered once a process, before anything can go wrong. */
import type { InlineRecords, Operations } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { account, assetEpoch, madeTerminals, merchantUuid, model } from './factory.js'

export const registerAll = async (
  records: InlineRecords<Operations>,
  atMs: number,
): Promise<void> => {
  const about = { actor: 'administrator', atMs }
  const merchant = { uuid: merchantUuid, publicId: uuidToText(merchantUuid), name: '小卖部' }
  const answers = [records.submit('create-merchant', { ...merchant, ...account, ...about })]
  for (const { sn, certificateSha256, certificate: der, spki } of madeTerminals) {
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
}

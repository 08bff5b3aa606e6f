/**
 * What is the same in every world and is therefore made once a process: the command signers, and the
 * flash of each terminal as its enrolment left it. Images are immutable; a world starts from them.
 */
import {
  algorithmNumbers,
  encodeDownlink,
  fleetSn,
  kidOf,
  signBody,
  signerPurposeNumbers,
  type AlgorithmName,
  type PrivateKeyHandle,
  type SignerPurpose,
} from '@tillgate/protocol'
import {
  applyChanges,
  createPrng,
  emptyImage,
  manufactured,
  manufactureKeyOf,
  type FlashImage,
} from '@tillgate/device-sim'

import { simulatedKey, simulatedPrimitives } from './crypto.js'

export const signers: Readonly<Record<SignerPurpose, PrivateKeyHandle>> = {
  ordinary: simulatedKey('ordinary'),
  destructive: simulatedKey('destructive'),
  receipt: simulatedKey('receipt'),
  checkpoint: simulatedKey('checkpoint'),
}

/** As the gateway's signer shows them. */
export const signerKeys = Object.fromEntries(
  Object.entries(signers).map(([purpose, { alg, spki }]) => [
    purpose,
    { alg, kid: kidOf(simulatedPrimitives, spki) },
  ]),
) as Readonly<Record<SignerPurpose, { readonly alg: AlgorithmName; readonly kid: Uint8Array }>>

const offlineRoot = simulatedKey('root')
const farAwayMs = 4e12

export const signerList = {
  version: 1,
  envelope: signBody(
    simulatedPrimitives,
    offlineRoot,
    'signers',
    encodeDownlink({
      sn: fleetSn,
      messageId: new Uint8Array(16).fill(1),
      message: {
        kind: 'signerList',
        listVersion: 1,
        issuedAtMs: 1,
        signers: Object.entries(signers).map(([purpose, { spki }]) => ({
          kid: kidOf(simulatedPrimitives, spki),
          purpose: signerPurposeNumbers[purpose as SignerPurpose],
          alg: algorithmNumbers.ES256,
          publicKey: spki,
          notBeforeMs: 1,
          notAfterMs: farAwayMs,
        })),
      },
    }),
  ),
}

export const manufactureKey = manufactureKeyOf(simulatedPrimitives, 'simulation')
export const model = 'M'
export const assetEpoch = 1

/** The most terminals that one world has, but for a whole day (`day.ts`). */
export const terminalsMax = 6

export const account = { acquirerCode: 'ACQ1', mid: '898111222333444' } as const
export const merchantUuid = new Uint8Array(16).fill(7)

export interface Made {
  readonly sn: string
  readonly image: FlashImage
  readonly spki: Uint8Array
  /** Stands for the DER of its certificate. */
  readonly certificate: Uint8Array
  readonly certificateSha256: Uint8Array
}

const make = (sn: string): Made => {
  const { spki } = simulatedKey(sn)
  const base = manufactured(
    { primitives: simulatedPrimitives, entropy: createPrng(sn), manufactureKey, model, assetEpoch },
    sn,
  )
  const image = applyChanges(emptyImage, [
    ...base,
    { cell: 'identity', value: { sn, alg: 'ES256', spki, sealedKey: spki } },
    { cell: 'certificate', value: { certificate: sn, chain: '' } },
    {
      cell: 'enrolment',
      value: { clientId: sn, offlineRoot: offlineRoot.spki, mqtts: '', wss: '' },
    },
    { cell: 'signerList', value: signerList },
  ])
  return { sn, image, spki, certificate: spki, certificateSha256: simulatedPrimitives.sha256(spki) }
}

/** By the id that the records give them. */
export const snOf = (terminalId: number): string => `SIM-${String(terminalId)}`

const made: Made[] = []

/** The first so many; each is made once a process. */
export const terminalsMade = (count: number): readonly Made[] => {
  while (made.length < count) made.push(make(snOf(made.length + 1)))
  return made.slice(0, count)
}

export const madeTerminals: readonly Made[] = terminalsMade(terminalsMax)

/** The answer to an enrolment, parsed: whatever is missing or of another form is refused by name. */
import { wireLimits } from '@tillgate/protocol'
import { createPublicKey } from 'node:crypto'

export interface EnrolmentAnswer {
  readonly sn: string
  readonly clientId: string
  readonly assetEpoch: number
  readonly certificate: string
  readonly chain: string
  readonly serverCa: string
  /** A whole envelope. */
  readonly signerList: Uint8Array
  /** SubjectPublicKeyInfo, DER. */
  readonly offlineRoot: Uint8Array
  readonly mqtts: string
  readonly wss: string
}

/** It stands between two programs of one house, so a wrong answer is a broken server: it throws. */
export class BadAnswer extends Error {
  constructor(field: string) {
    super(`the enrolment's answer has no usable ${field}`)
    this.name = 'BadAnswer'
  }
}

const fieldOf = (from: unknown, field: string): unknown =>
  typeof from === 'object' && from !== null
    ? (from as Readonly<Record<string, unknown>>)[field]
    : undefined

const text = (from: unknown, field: string, max: number): string => {
  const value = fieldOf(from, field)
  if (typeof value !== 'string' || value === '' || value.length > max) throw new BadAnswer(field)
  return value
}

const pem = (from: unknown, field: string): string => {
  const value = text(from, field, wireLimits.chainBytesMax * 2)
  if (!value.startsWith('-----BEGIN CERTIFICATE-----')) throw new BadAnswer(field)
  return value.endsWith('\n') ? value : `${value}\n`
}

const assetEpochMax = 0xffffffff

const epoch = (from: unknown, field: string): number => {
  const value = fieldOf(from, field)
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new BadAnswer(field)
  if (value < 1 || value > assetEpochMax) throw new BadAnswer(field)
  return value
}

/** DER in base64, or PEM. */
const publicKey = (from: unknown, field: string): Uint8Array => {
  const value = text(from, field, wireLimits.publicKeyBytesMax * 2)
  try {
    const key = value.startsWith('-----')
      ? createPublicKey(value)
      : createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' })
    return new Uint8Array(key.export({ format: 'der', type: 'spki' }))
  } catch {
    throw new BadAnswer(field)
  }
}

const urlLengthMax = 300

export const parseAnswer = (json: string): EnrolmentAnswer => {
  const from: unknown = JSON.parse(json)
  const endpoint = fieldOf(from, 'endpoint')
  const signerList = text(from, 'signerList', wireLimits.envelopeBytesMax * 2)
  return {
    sn: text(from, 'sn', wireLimits.snLengthMax),
    clientId: text(from, 'clientId', wireLimits.snLengthMax),
    assetEpoch: epoch(from, 'assetEpoch'),
    certificate: pem(from, 'certificate'),
    chain: pem(from, 'chain'),
    serverCa: pem(from, 'serverCa'),
    signerList: new Uint8Array(Buffer.from(signerList, 'base64')),
    offlineRoot: publicKey(from, 'offlineRoot'),
    mqtts: text(endpoint, 'mqtts', urlLengthMax),
    wss: text(endpoint, 'wss', urlLengthMax),
  }
}

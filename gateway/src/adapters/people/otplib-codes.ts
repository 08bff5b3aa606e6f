/** The port of one-time codes on otplib. */
import { generateSecret, generateURI, verifySync } from 'otplib'

import type { OneTimeCodes } from '../../core/ports/one-time-codes.js'
import type { Entropy } from '../../core/ports/system.js'
import { codeLimits as limits } from './limits.js'

const issuer = 'Tillgate'

export const otplibCodes = (entropy: Entropy): OneTimeCodes => {
  const nobodys = entropy.bytes(limits.secretBytes)
  return {
    make(login) {
      const secret = entropy.bytes(limits.secretBytes)
      const text = base32(secret)
      return { secret, uri: generateURI({ issuer, label: login, secret: text }) }
    },
    stepOf(code, secret, atMs) {
      if (!/^[0-9]{6}$/.test(code)) return undefined
      const found = verifySync({
        secret: secret ?? nobodys,
        token: code,
        epoch: Math.floor(atMs / 1_000),
        epochTolerance: limits.toleranceSeconds,
        period: limits.stepSeconds,
        digits: limits.digits,
      })
      if (!found.valid || secret === undefined) return undefined
      return 'timeStep' in found ? found.timeStep : undefined
    },
  }
}

/** In the package's own words, with the secret that our entropy gave. */
const base32 = (secret: Uint8Array): string =>
  generateSecret({
    length: secret.length,
    crypto: { name: 'entropy', randomBytes: () => secret, hmac: refuse, constantTimeEqual: refuse },
  })

const refuse = (): never => {
  throw new Error('only chance is asked of it')
}

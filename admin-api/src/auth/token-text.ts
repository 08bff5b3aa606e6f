/**
 * The text of an API token: `tgat_` and 32 random bytes in base64url. The prefix lets secret scanners
 * find a leaked one. Only its SHA-256 is ever stored; whoever lost the text makes a new token.
 */
import { Buffer } from 'node:buffer'

import type { ApiServices } from '../services.js'
import { apiLimits } from '../limits.js'

const prefix = 'tgat_'

export const makeTokenText = (services: Pick<ApiServices, 'entropy'>): string =>
  prefix + Buffer.from(services.entropy.bytes(apiLimits.tokenBytes)).toString('base64url')

/** Of any text: a malformed one costs the same work and is simply not found. */
export const hashTokenText = (services: Pick<ApiServices, 'digest'>, text: string): Uint8Array =>
  services.digest.sha256(new Uint8Array(Buffer.from(text, 'utf8')))

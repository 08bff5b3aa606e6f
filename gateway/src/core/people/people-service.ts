/**
 * What the API asks about people. Hashes, codes and sealed secrets are dealt with here, before an operation
 * decides over what the records hold. A password, a code or a secret is kept nowhere and logged nowhere;
 * a stranger, a wrong password and a wrong code cost the same work and get the same answer.
 */
import { ascii, toHex } from '@tillgate/protocol'

import type { OneTimeCodes } from '../ports/one-time-codes.js'
import type { Passwords } from '../ports/passwords.js'
import type { Records } from '../ports/records.js'
import type { Sealing } from '../ports/sealing.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, Entropy, EpochMs, Ids } from '../ports/system.js'
import { userSecretBelonging } from '../records/sealed-columns.js'
import type { UserRow, UserSessionRow } from '../records/tables.js'
import { peopleLimits } from './limits.js'
import { sessionHolds } from './sessions.js'

export interface PeoplePorts {
  readonly records: Records
  readonly passwords: Passwords
  readonly codes: OneTimeCodes
  readonly sealing: Sealing
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
}

type Busy = { readonly ok: false; readonly code: 'RATE_LIMITED' | 'SEALING_UNAVAILABLE' }

export interface SignedIn {
  readonly session: UserSessionRow
  readonly user: UserRow
}

export interface Credentials {
  readonly password: string
  readonly code: string
}

export interface PeopleService {
  /** A fresh activation text, its hash and its end, for `create-user` and `reset-user`. Shown once. */
  makeActivation(): {
    readonly text: string
    readonly activationHash: Uint8Array
    readonly activationEndsAtMs: EpochMs
  }
  beginActivation(
    text: string,
    password: string,
  ): Promise<
    | { readonly ok: true; readonly login: string; readonly uri: string }
    | { readonly ok: false; readonly code: 'ACTIVATION_INVALID' }
    | Busy
  >
  confirmActivation(
    text: string,
    code: string,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly code: 'ACTIVATION_INVALID' }>
  signIn(
    login: string,
    credentials: Credentials,
  ): Promise<
    | { readonly ok: true; readonly text: string; readonly signedIn: SignedIn }
    | { readonly ok: false; readonly code: 'SIGN_IN_REFUSED' }
    | Busy
  >
  /** Who holds this session's text now; notes that it was used. */
  holderOf(text: string): Promise<SignedIn | undefined>
  changePassword(
    who: SignedIn,
    credentials: Credentials,
    newPassword: string,
  ): Promise<
    { readonly ok: true } | { readonly ok: false; readonly code: 'SIGN_IN_REFUSED' } | Busy
  >
  /** The step of a code of this user; undefined where it is none. For a vote. */
  stepOf(user: UserRow, code: string): Promise<number | undefined>
}

const activationPrefix = 'tgac_'
const sessionPrefix = 'tgus_'

export const isSessionText = (text: string): boolean => text.startsWith(sessionPrefix)

const busy: Busy = { ok: false, code: 'RATE_LIMITED' }

export const createPeopleService = (ports: PeoplePorts): PeopleService => {
  const { records, passwords, codes, sealing, digest, clock, entropy, ids } = ports
  const makeText = (prefix: string, bytes: number): string => prefix + toHex(entropy.bytes(bytes))
  const isText = (text: string): boolean => /^[!-~]+$/.test(text)
  const hashOf = (text: string): Uint8Array => digest.sha256(isText(text) ? ascii(text) : ascii(''))

  const stepOf = async (user: UserRow | undefined, code: string): Promise<number | undefined> => {
    const sealed = user?.totpSecret
    const opened =
      user === undefined || sealed === null || sealed === undefined
        ? undefined
        : await sealing.open(userSecretBelonging(user.uuid), sealed)
    const secret = opened?.ok === true ? opened.secret : undefined
    return codes.stepOf(code, secret, clock.now())
  }

  /** The hash that the password is right for, and the step of the code. */
  const check = async (user: UserRow | undefined, { password, code }: Credentials) => {
    const known = user?.passwordHash ?? undefined
    const isRight = await passwords.verify(password, known)
    if (isRight === undefined) return undefined
    return { passwordHash: isRight ? known : undefined, totpStep: await stepOf(user, code) }
  }

  const read = (text: string) => records.read('session-by-hash', { tokenHash: hashOf(text) })

  return {
    makeActivation() {
      const text = makeText(activationPrefix, peopleLimits.activationTextBytes)
      const activationEndsAtMs = clock.now() + peopleLimits.activationMs
      return { text, activationHash: hashOf(text), activationEndsAtMs }
    },
    async beginActivation(text, password) {
      const activationHash = hashOf(text)
      const user = await records.read('user-by-activation', { activationHash })
      if (user === undefined) return { ok: false, code: 'ACTIVATION_INVALID' }
      const passwordHash = await passwords.hash(password)
      if (passwordHash === undefined) return busy
      const { secret, uri } = codes.make(user.login)
      const sealed = await sealing.seal(userSecretBelonging(user.uuid), secret)
      if (!sealed.ok) return { ok: false, code: 'SEALING_UNAVAILABLE' }
      const totpSecret = sealed.sealed
      const input = { activationHash, passwordHash, totpSecret, atMs: clock.now() }
      const begun = await records.submit('begin-activation', input)
      return begun.ok ? { ok: true, login: user.login, uri } : begun
    },
    async confirmActivation(text, code) {
      const activationHash = hashOf(text)
      const user = await records.read('user-by-activation', { activationHash })
      if (user === undefined || user.totpSecret === null) {
        return { ok: false, code: 'ACTIVATION_INVALID' }
      }
      const { totpSecret } = user
      const totpStep = await stepOf(user, code)
      const atMs = clock.now()
      return records.submit('confirm-activation', { activationHash, totpSecret, totpStep, atMs })
    },
    async signIn(login, credentials) {
      const user = await records.read('user-by-login', { login })
      const checked = await check(user, credentials)
      if (checked === undefined) return busy
      const text = makeText(sessionPrefix, peopleLimits.sessionTokenBytes)
      const atMs = clock.now()
      const signed = await records.submit('sign-in', {
        userId: user?.id,
        ...checked,
        sessionUuid: ids.next(),
        tokenHash: hashOf(text),
        endsAtMs: atMs + peopleLimits.sessionMs,
        atMs,
      })
      if (!signed.ok) return signed
      const signedIn = await read(text)
      if (signedIn === undefined) throw new Error('a session was begun and is not there')
      return { ok: true, text, signedIn }
    },
    async holderOf(text) {
      const found = await read(text)
      const atMs = clock.now()
      if (found === undefined || !sessionHolds(found.session, found.user, atMs)) return undefined
      const { uuid, seenAtMs } = found.session
      if (atMs - seenAtMs >= peopleLimits.seenEveryMs) {
        await records.submit('touch-session', { sessionUuid: uuid, atMs })
      }
      return found
    },
    async changePassword({ session, user }, credentials, newPassword) {
      const checked = await check(user, credentials)
      const newHash = checked && (await passwords.hash(newPassword))
      if (checked === undefined || newHash === undefined) return busy
      return records.submit('change-password', {
        userId: user.id,
        sessionUuid: session.uuid,
        oldHash: checked.passwordHash,
        totpStep: checked.totpStep,
        newHash,
        atMs: clock.now(),
      })
    },
    stepOf,
  }
}

/**
 * Whom the terminal believes: the signer list, signed by the offline root that was pinned at
 * enrolment. Keys are imported once a boot or list, not once a message.
 */
import {
  algorithmByNumber,
  openSignerList,
  toHex,
  type AlgorithmName,
  type Primitives,
  type PublicKeyHandle,
  type SignerList,
} from '@tillgate/protocol'
import type { FlashImage } from '../../flash/image.js'
import type { Trust } from '../state.js'
import type { Turn } from '../turn.js'
import { deny } from '../uplink/alarm.js'
import { sayHello } from './hello.js'

const algorithms: readonly AlgorithmName[] = ['ES256', 'ED25519', 'PS256']

export const importRoot = (p: Primitives, spki: Uint8Array): PublicKeyHandle | undefined => {
  for (const alg of algorithms) {
    const key = p.importPublicKey(spki, alg)
    if (key !== undefined) return key
  }
  return undefined
}

const trustIn = (p: Primitives, root: PublicKeyHandle, list: SignerList): Trust => {
  const keys = new Map<string, PublicKeyHandle>()
  for (const { kid, alg, publicKey } of list.signers) {
    const name = algorithmByNumber(alg)
    const key = name === undefined ? undefined : p.importPublicKey(publicKey, name)
    if (key !== undefined) keys.set(toHex(kid), key)
  }
  return { root, list, keys }
}

/** From flash, at boot. Undefined before enrolment. */
export const loadTrust = (p: Primitives, flash: FlashImage): Trust | undefined => {
  const { enrolment, signerList } = flash.cells
  if (enrolment === undefined || signerList === undefined) return undefined
  const root = importRoot(p, enrolment.offlineRoot)
  if (root === undefined) return undefined
  const list = openSignerList(p, root, signerList.envelope)
  return list.ok ? trustIn(p, root, list.value) : undefined
}

/** A SignerList that came down, as its whole envelope: only a newer one of the root is taken. */
export const onSignerList = (turn: Turn, envelope: Uint8Array, bodyHash: Uint8Array): void => {
  const { trust, session } = turn.state
  if (trust === undefined) return
  const { primitives } = turn.world
  const list = openSignerList(primitives, trust.root, envelope)
  if (!list.ok) return deny(turn, { code: list.code, detail: 'signer list', bodyHash })
  const version = list.value.listVersion
  if (version === trust.list.listVersion) return
  if (version < trust.list.listVersion) {
    return deny(turn, { code: 'STALE_SIGNER_LIST', detail: 'signer list', bodyHash })
  }
  turn.write([{ cell: 'signerList', value: { version, envelope: new Uint8Array(envelope) } }])
  turn.set({ trust: trustIn(primitives, trust.root, list.value) })
  turn.sync()
  // A Welcome under the new keys may have been denied a moment ago.
  if (session.link === 'up' && session.open === undefined) sayHello(turn)
}

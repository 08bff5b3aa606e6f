// The door of @tillgate/protocol/node: the crypto of this package over node:crypto, and the
// handling of keys that only a process on Node can do. Never imported by pure code.
export { readIssued } from './read-issued.js'
export { nodePrimitives } from './primitives.js'
export {
  exportPrivateKey,
  generatePrivateKey,
  importPrivateKey,
  publicKeyOf,
} from './private-keys.js'
export { privateKeyHandle, keyObjectOf } from './key-handles.js'

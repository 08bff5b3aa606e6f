// A stranger's terminal in one file: MQTT.js, protobufjs, Node's crypto and the committed schema.
// It says Hello, checks the Welcome, answers one SelfTest and leaves. § stands for ../README.md.
//
//   node hello-and-self-test.mjs FOLDER
//
// FOLDER holds ca.pem, terminal.key and enrolment.json, the answer of POST /v1/enrolments. What
// fails a check is dropped. A real terminal also raises an Alarm for it (§7), keeps a journal and its
// evidence (§11), leaves a will (§3), and says Hello again when it is asked to (§5).
import * as crypto from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mqtt from 'mqtt'
import protobuf from 'protobufjs'

const at = (name) => join(process.argv[2] ?? '.', name)
const enrolment = JSON.parse(readFileSync(at('enrolment.json'), 'utf8'))
const privateKey = crypto.createPrivateKey(readFileSync(at('terminal.key')))
const { sn, topics } = enrolment
const firmware = 'example-1'

// Every number of the wire stays below 2^53 (§1).
protobuf.util.Long = undefined
protobuf.configure()
const schema = fileURLToPath(new URL('../schema/tillgate.proto', import.meta.url))
const wire = protobuf.loadSync(schema).lookup('tillgate.v1').nested

const bytes = (...values) => Buffer.from(values)
const u32 = (n) => bytes(n >>> 24, n >>> 16, n >>> 8, n)
const u64 = (n) => Buffer.concat([u32(n / 2 ** 32), u32(n)])
const hex = (data) => Buffer.from(data).toString('hex')
const sha256 = (...parts) => crypto.createHash('sha256').update(Buffer.concat(parts)).digest()
const check = (holds, what) => {
  if (!holds) throw new Error(what)
}

// --- Flash: sequence numbers survive the process, and are stored before anything is done (§7).

const flash = existsSync(at('flash.json'))
  ? JSON.parse(readFileSync(at('flash.json'), 'utf8'))
  : { assetEpoch: enrolment.assetEpoch, bindingEpoch: 0, lastSeq: 0, uplinkSeq: 0 }
const store = (changes) =>
  writeFileSync(at('flash.json'), JSON.stringify(Object.assign(flash, changes)), { flush: true })

// --- Signatures: over label, algorithm, kid, tree size and Merkle root (§4).

const algorithms = {
  1: { hash: 'sha256', dsaEncoding: 'ieee-p1363' }, // ES256
  2: { hash: null }, // Ed25519
  3: { hash: 'sha256', padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, // PS256
}
const kidOf = (spki) => sha256(spki).subarray(0, 8)
const signedBytes = (purpose, { alg, kid, treeSize }, root) =>
  Buffer.concat([Buffer.from(`tillgate/1/${purpose}\0`), bytes(alg), kid, u32(treeSize), root])

const rootOf = (body, { treeSize, index, path }) => {
  check(index < treeSize && treeSize <= 2 ** 20, 'no place in the tree')
  let hash = sha256(bytes(0), body)
  let used = 0
  for (let node = index, last = treeSize - 1; last > 0; node >>= 1, last >>= 1) {
    if (node === last && node % 2 === 0) continue // no sibling on this level
    const sibling = path.subarray(used, (used += 32))
    hash = node % 2 ? sha256(bytes(1), sibling, hash) : sha256(bytes(1), hash, sibling)
  }
  check(used === path.length, 'the path has another length')
  return hash
}

// --- Whom to believe: the offline root, pinned at enrolment, and whom its signer list names.

const signers = []
const believe = (purpose, publicKey, rest = {}) => {
  const key = crypto.createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
  signers.push({ purpose, kid: hex(kidOf(publicKey)), key, ...rest })
}

/** Which key may sign it: the last column of §4's table. */
const purposeOf = ({ message, command }) => {
  if (message === 'signerList') return 'signers'
  if (message === 'receipt') return 'receipt'
  return message === 'proceed' || command?.type >= 64 ? 'destructive' : 'ordinary'
}

/** An envelope as it came; throws unless its signer, purpose, tree and signature are right. */
const open = (payload) => {
  const { body, auth } = wire.Envelope.decode(payload)
  const downlink = wire.Downlink.decode(body)
  const { message, version, welcome } = downlink
  check(version === 1, 'another version')
  check(downlink.sn === (message === 'signerList' ? '*' : sn), 'for another terminal')
  const { signature } = auth ?? {}
  check(signature, 'not signed')
  const purpose = purposeOf(downlink)
  const signer = signers.find((s) => s.purpose === purpose && s.kid === hex(signature.kid))
  check(signer, `no ${purpose} signer has this kid`)
  check(signer.alg === undefined || signer.alg === signature.alg, 'not the algorithm of this key')
  const now = welcome?.timeMs ?? session?.now()
  check(!(now < signer.notBeforeMs || now > signer.notAfterMs), 'its signer is not valid now')
  const { hash, ...how } = algorithms[signature.alg]
  const data = signedBytes(purpose, signature, rootOf(body, signature))
  check(crypto.verify(hash, data, { key: signer.key, ...how }, signature.signature), 'forged')
  return { ...downlink, message, body }
}

let session
believe('signers', Buffer.from(enrolment.offlineRoot, 'base64'))
const { signerList } = open(Buffer.from(enrolment.signerList, 'base64'))
const purposes = { 1: 'ordinary', 2: 'destructive', 3: 'receipt' }
for (const { purpose, publicKey, alg, notBeforeMs, notAfterMs } of signerList.signers) {
  if (!(purpose in purposes && alg in algorithms)) continue
  believe(purposes[purpose], publicKey, { alg, notBeforeMs, notAfterMs })
}

// --- Uplinks: evidence is signed, the rest goes under the session's MAC (§4, §6).

const bootId = crypto.randomBytes(16)
const uplink = (fields) => {
  store({ uplinkSeq: flash.uplinkSeq + 1 })
  const head = { version: 1, sn, messageId: crypto.randomBytes(16), bootId }
  return wire.Uplink.encode({ ...head, uplinkSeq: flash.uplinkSeq, ...fields }).finish()
}

const signed = (body) => {
  const spki = crypto.createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const alg = privateKey.asymmetricKeyType === 'rsa' ? 3 : 1
  const { hash, ...how } = algorithms[alg]
  const head = { alg, kid: kidOf(spki), treeSize: 1, index: 0 }
  const data = signedBytes('device', head, sha256(bytes(0), body))
  const signature = { ...head, signature: crypto.sign(hash, data, { key: privateKey, ...how }) }
  return wire.Envelope.encode({ body, auth: { signature } }).finish()
}

const maced = (body) => {
  const { id: sessionId, key } = session
  const counter = ++session.counter
  const data = [Buffer.from('tillgate/1/mac\0'), sessionId, u64(counter), body]
  const tag = crypto.createHmac('sha256', key).update(Buffer.concat(data)).digest()
  return wire.Envelope.encode({ body, auth: { mac: { sessionId, counter, tag } } }).finish()
}

// --- Hello and Welcome (§5).

const sessionNonce = crypto.randomBytes(16)
const agreement = crypto.createECDH('prime256v1')
const hello = uplink({
  hello: {
    sessionNonce,
    keyShare: agreement.generateKeys(),
    firmware,
    model: 'EXAMPLE',
    capabilities: ['SelfTest'],
    assetEpoch: flash.assetEpoch,
    bindingEpoch: flash.bindingEpoch,
    lastSeq: flash.lastSeq,
    signerListVersion: signerList.listVersion,
  },
})

const onWelcome = (welcome) => {
  check(hex(welcome.sessionNonce) === hex(sessionNonce), 'a Welcome to another session')
  check(hex(welcome.helloHash) === hex(sha256(hello)), 'a Welcome to another Hello')
  const { sessionId: id, timeMs } = welcome
  const label = Buffer.from('tillgate/1/session\0')
  const info = Buffer.concat([label, id, sha256(hello), Buffer.from(sn)])
  const agreed = agreement.computeSecret(welcome.keyShare)
  const key = Buffer.from(crypto.hkdfSync('sha256', agreed, sessionNonce, info, 32))
  const since = performance.now()
  session = { id, key, counter: 0, now: () => timeMs + performance.now() - since }
  store({ uplinkSeq: Math.max(flash.uplinkSeq, welcome.lastUplinkSeq) })
  const beat = () => client.publish(topics.state, maced(uplink({ heartbeat: { sessionNonce } })))
  setInterval(beat, welcome.heartbeatS * 1_000).unref()
  console.log('welcome')
}

// --- A command: refused with a code (§13), or done. Both name the body that was received (§8).

const refusalOf = ({ type, assetEpoch, bindingEpoch, seq, notAfterMs }) => {
  if (type !== wire.CommandType.values.SELF_TEST) return 10 // UNKNOWN_COMMAND
  if (assetEpoch !== flash.assetEpoch || bindingEpoch !== flash.bindingEpoch) return 11 // STALE_EPOCH
  if (seq <= flash.lastSeq) return 12 // STALE_SEQ
  return session.now() > notAfterMs ? 13 : undefined // EXPIRED
}

const onCommand = async (command, body) => {
  const about = { commandId: command.commandId, downlinkHash: sha256(body) }
  const code = refusalOf(command)
  if (code !== undefined) {
    // What refuses a destructive command is evidence.
    const seal = command.type >= 64 ? signed : maced
    console.log(`command refused: ${code}`)
    client.publish(topics.up, seal(uplink({ ...about, refused: { code } })), { qos: 1 })
    return
  }
  client.removeAllListeners('message') // one is enough; what else is ordered stays ordered
  store({ lastSeq: command.seq })
  const found = { keysOk: true, flashOk: true, clockOk: true, firmware }
  const result = { code: 0, payload: wire.SelfTestResult.encode(found).finish() }
  await client.publishAsync(topics.up, maced(uplink({ ...about, result })), { qos: 1 })
  console.log('self-test answered') // and acknowledged: the gateway has it on disk
  process.exitCode = 0
  client.end()
}

// --- The connection (§3). Until the self-test is answered, an end is a failure.

process.exitCode = 1
const client = await mqtt.connectAsync(enrolment.endpoint.mqtts, {
  clientId: enrolment.clientId,
  protocolVersion: 5,
  ca: readFileSync(at('ca.pem')),
  cert: enrolment.certificate + enrolment.chain,
  key: readFileSync(at('terminal.key')),
  reconnectPeriod: 0,
})
client.on('message', (_topic, payload) => {
  try {
    const { message, welcome, command, body } = open(payload)
    if (message === 'welcome') onWelcome(welcome)
    if (message === 'command' && session) void onCommand(command, body)
  } catch (error) {
    console.error(`dropped: ${error.message}`)
  }
})
await client.subscribeAsync(topics.down, { qos: 1 })
console.log('hello')
await client.publishAsync(topics.up, signed(hello), { qos: 1 })

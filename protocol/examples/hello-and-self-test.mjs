// A stranger's terminal in one file: MQTT.js, protobufjs, Node's crypto and the committed schema.
// It connects, says Hello, checks the Welcome and answers one SelfTest, then leaves.
//
//   node hello-and-self-test.mjs FOLDER
//
// FOLDER holds what the enrolment gave: terminal.key and enrolment.json (the answer of
// POST /v1/enrolments), and the CA as ca.pem. It keeps no flash: a real terminal stores the
// sequence before it acts, and much more (../README.md).
import { createHash, createHmac, createPublicKey, createSign, createECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import protobuf from 'protobufjs'

const folder = process.argv[2] ?? '.'
const read = (name) => readFileSync(join(folder, name), 'utf8')
const enrolment = JSON.parse(read('enrolment.json'))
const privateKey = read('terminal.key')
const { sn } = enrolment

const schema = new URL('../schema/tillgate.proto', import.meta.url).pathname
const { Envelope, Downlink, Uplink, Command, SelfTestResult } = protobuf
  .loadSync(schema)
  .lookup('tillgate.v1').nested

const sha256 = (...parts) => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest()
const u32 = (n) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n])
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b }
const kidOf = (spki) => sha256(spki).subarray(0, 8)

// --- Signatures: label, algorithm, kid, tree size, Merkle root (README, Signatures).
const signedBytes = (purpose, alg, kid, treeSize, root) =>
  Buffer.concat([Buffer.from(`tillgate/1/${purpose}\0`), Buffer.from([alg]), kid, u32(treeSize), root])

const rootOf = (body, { treeSize, index, path }) => {
  let hash = sha256(Buffer.from([0]), body)
  let [i, last, at] = [index, treeSize - 1, 0]
  for (; last > 0; i >>= 1, last >>= 1) {
    if (i === last && i % 2 === 0) continue // no sibling on this level
    const sibling = path.subarray(at, (at += 32))
    hash = i % 2 === 1 ? sha256(Buffer.from([1]), sibling, hash) : sha256(Buffer.from([1]), hash, sibling)
  }
  return hash
}

const signers = new Map()
const verified = (purpose, envelope) => {
  const { signature } = envelope.auth
  const signer = signers.get(Buffer.from(signature.kid).toString('hex'))
  if (signer?.purpose !== purpose) throw new Error(`no ${purpose} signer for this kid`)
  const data = signedBytes(purpose, signature.alg, signature.kid, signature.treeSize, rootOf(envelope.body, signature))
  const key = { key: signer.key, dsaEncoding: 'ieee-p1363' }
  if (!verify('sha256', data, key, signature.signature)) throw new Error('bad signature')
}

const purposes = ['', 'ordinary', 'destructive', 'receipt', 'checkpoint']
const spki = (der) => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })

// --- The signer list is signed by the offline root, which the enrolment pinned.
const root = Buffer.from(enrolment.offlineRoot, 'base64')
signers.set(kidOf(root).toString('hex'), { purpose: 'signers', key: spki(root) })
const listEnvelope = Envelope.decode(Buffer.from(enrolment.signerList, 'base64'))
verified('signers', listEnvelope)
const { signerList } = Downlink.decode(listEnvelope.body)
for (const { kid, purpose, publicKey } of signerList.signers) {
  signers.set(Buffer.from(kid).toString('hex'), { purpose: purposes[purpose], key: spki(publicKey) })
}

// --- Uplinks.
const identity = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
const bootId = randomBytes(16)
const sessionNonce = randomBytes(16)
const ecdh = createECDH('prime256v1')
const keyShare = ecdh.generateKeys()
let uplinkSeq = Date.now() // a real terminal counts in its flash
let session

const uplinkBody = (fields) =>
  Uplink.encode({ version: 1, sn, messageId: randomBytes(16), bootId, uplinkSeq: ++uplinkSeq, ...fields }).finish()

const signedEnvelope = (body) => {
  const kid = kidOf(identity)
  const data = signedBytes('device', 1, kid, 1, sha256(Buffer.from([0]), body))
  const signature = createSign('sha256').update(data).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' })
  return Envelope.encode({ body, auth: { signature: { alg: 1, kid, treeSize: 1, index: 0, signature } } }).finish()
}

const macedEnvelope = (body) => {
  const counter = ++session.counter
  const tag = createHmac('sha256', session.key)
    .update(Buffer.concat([Buffer.from('tillgate/1/mac\0'), session.id, u64(counter), body]))
    .digest()
  return Envelope.encode({ body, auth: { mac: { sessionId: session.id, counter, tag } } }).finish()
}

const client = mqtt.connect(process.env.ENDPOINT ?? enrolment.endpoint.mqtts, {
  clientId: enrolment.clientId,
  protocolVersion: 5,
  ca: read('ca.pem'),
  cert: enrolment.certificate,
  key: privateKey,
  reconnectPeriod: 0,
})

const helloBody = uplinkBody({
  hello: {
    sessionNonce, keyShare, firmware: 'example-1', model: 'EXAMPLE', capabilities: ['SelfTest'],
    assetEpoch: 0, bindingEpoch: 0, lastSeq: 0, signerListVersion: signerList.listVersion,
  },
})

const onWelcome = ({ welcome }) => {
  if (!Buffer.from(welcome.sessionNonce).equals(sessionNonce)) throw new Error('a Welcome for another Hello')
  if (!Buffer.from(welcome.helloHash).equals(sha256(helloBody))) throw new Error('a Welcome for another Hello')
  const id = Buffer.from(welcome.sessionId)
  const info = Buffer.concat([Buffer.from('tillgate/1/session\0'), id, sha256(helloBody), Buffer.from(sn)])
  const key = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(welcome.keyShare), sessionNonce, info, 32))
  session = { id, key, counter: 0 }
  console.log('welcome')
}

const onCommand = (command, body) => {
  const result = { code: 0, payload: SelfTestResult.encode({ keysOk: true, flashOk: true, clockOk: true, firmware: 'example-1' }).finish() }
  const answer = uplinkBody({ commandId: command.commandId, downlinkHash: sha256(body), result })
  client.publish(enrolment.topics.up, macedEnvelope(answer), { qos: 1 }, () => {
    console.log('self-test answered')
    client.end()
  })
}

const purposeOf = (message, { command }) => {
  if (message === 'receipt') return 'receipt'
  if (message === 'signerList') return 'signers'
  return message === 'proceed' || (message === 'command' && command.type >= 64) ? 'destructive' : 'ordinary'
}

client.on('message', (_topic, payload) => {
  const envelope = Envelope.decode(payload)
  const downlink = Downlink.decode(envelope.body)
  verified(purposeOf(downlink.message, downlink), envelope)
  if (downlink.sn !== sn) return
  if (downlink.message === 'welcome') onWelcome(downlink)
  if (downlink.message === 'command' && session && downlink.command.type === 1) onCommand(downlink.command, envelope.body)
})
client.on('error', (error) => { console.error(error.message); process.exitCode = 1; client.end() })
client.on('connect', async () => {
  await client.subscribeAsync(enrolment.topics.down, { qos: 1 })
  client.publish(enrolment.topics.up, signedEnvelope(helloBody), { qos: 1 })
})
void Command

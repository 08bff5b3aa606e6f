// A gateway node alone in a process, asked over IPC: so that its memory is its own, and a crash is seen.
// It says what no test may miss: unhandled rejections, warnings, errors in its log. It answers what the
// records say, and must never be told what to answer.
import { openNode } from '@tillgate/gateway'

const [, , dataFolder] = process.argv
const complaints = []
const complain = (what) => (error) => complaints.push(`${what}: ${error?.stack ?? String(error)}`)
process.on('unhandledRejection', complain('unhandled rejection'))
process.on('uncaughtExceptionMonitor', complain('uncaught exception'))
process.on('warning', complain('warning'))

const quiet = () => undefined
const error = (message, fields) => complaints.push(`log: ${message} ${JSON.stringify(fields)}`)

const node = await openNode({
  dataFolder,
  log: { debug: quiet, info: quiet, warn: quiet, error },
  listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
  publicHosts: ['localhost', '127.0.0.1'],
  hostAdapter: { kind: 'recorder' },
})
const { services, ports } = node
const { records, clock } = services

const pem = (csr) =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(csr).toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`

/** Registered and enrolled. */
const enrol = async ({ sn, csr }) => {
  const about = { actor: 'hostile', atMs: clock.now() }
  const made = { sn, vendor: 'SIM', model: 'SIM-P1', tusn: null, assetEpoch: 1, ...about }
  await records.submit('register-terminal', made)
  const nowMs = clock.now()
  const { token } = await services.enrolment.createToken({ sn, reenrol: false, actor: 'h', nowMs })
  const enrolled = await services.enrolment.enrol({ csrPem: pem(csr), token, nowMs })
  const { id } = await records.read('terminal-by-sn', { sn })
  return { terminalId: id, enrolled }
}

const order = async ({ sn }) => {
  const answer = await services.commands.order({
    sn,
    payload: { type: 'SelfTest', items: [] },
    actor: 'hostile',
  })
  if (!answer.ok) throw new Error(answer.code)
  return answer.value.uuid
}

/** How many events there are, by kind and terminal. */
const events = async () => {
  const counts = new Map()
  for (let afterId = 0; ;) {
    const page = await records.read('events', { afterId, limit: 500 })
    for (const { id, kind, terminalId } of page) {
      const key = `${kind} ${terminalId ?? 0}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
      afterId = id
    }
    if (page.length === 0) return counts
  }
}

const memory = async () => {
  for (let time = 0; time < 4; time += 1) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage()
}

const tally = (names) => {
  const counts = new Map()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const answers = {
  enrol,
  order,
  events,
  memory,
  command: async ({ uuid }) => (await services.commands.show(uuid))?.command,
  terminal: ({ sn }) => records.read('terminal-by-sn', { sn }),
  counts: () => services.counts(),
  resources: () => tally(process.getActiveResourcesInfo()),
  complaints: () => complaints,
}

process.on('message', async ({ id, ask, about }) => {
  if (ask === 'stop') {
    await node.stop()
    process.disconnect()
    return
  }
  try {
    process.send({ id, answer: await answers[ask](about) })
  } catch (cause) {
    process.send({ id, failed: String(cause?.stack ?? cause) })
  }
})
process.send({ ports })

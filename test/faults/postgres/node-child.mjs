// A node's records in a process of its own, which a test may stop and wake: reserves sequences of one lane
// without pause, and says each answer as a line of JSON.
import { openPostgresRecords, systemClock, systemTimers } from '@tillgate/gateway'

const [url, terminalId, loops] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const log = { debug() {}, info() {}, warn() {}, error() {} }
const records = await openPostgresRecords({
  url,
  clock: systemClock,
  timers: systemTimers,
  log,
  nodeName: 'child',
})

const loop = async () => {
  for (;;) {
    try {
      const answer = await records.submit('reserve-sequences', {
        terminalId: Number(terminalId),
        fence: 0,
      })
      say({ seqLast: answer.seqLast })
    } catch (error) {
      say({ code: error.code })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

say({ opened: true })
await Promise.all(Array.from({ length: Number(loops) }, loop))

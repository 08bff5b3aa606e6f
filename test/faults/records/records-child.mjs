// A process with the records of one folder open, told what to do line by line: JSON in, JSON out.
// Tests kill it, starve it of disk and fail its fsyncs; what it answered must then be there.
import { createInterface } from 'node:readline'
import { openSqliteRecords, systemClock, systemTimers } from '@tillgate/gateway'

const folder = process.argv[2]
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const log = { debug() {}, info() {}, warn() {}, error() {} }

let made = 0
const merchant = (mid) => {
  const uuid = new Uint8Array(16)
  const view = new DataView(uuid.buffer)
  view.setUint32(0, process.pid)
  view.setUint32(12, (made += 1))
  return { uuid, publicId: mid, acquirerCode: 'ACQ', mid, name: 'n', actor: 'a', atMs: 1 }
}

const records = await openSqliteRecords({
  folder,
  clock: systemClock,
  timers: systemTimers,
  log,
}).catch((error) => {
  say({ refused: error.code, message: error.message })
  process.exit(1)
})

const submit = (mid) =>
  records.submit('create-merchant', merchant(mid)).then(
    (answer) => {
      say({ mid, ok: answer.ok })
      return true
    },
    (error) => {
      say({ mid, ok: false, code: error.code, message: error.message })
      return false
    },
  )

/** Loops that submit until one is refused; each answer is said as soon as it is here. */
const load = async (prefix, loops) => {
  const loop = async (number) => {
    for (let n = 0; await submit(`${prefix}-${number}-${n}`); n += 1);
  }
  await Promise.all(Array.from({ length: loops }, (_, number) => loop(number)))
}

const orders = {
  submit: ({ mid }) => submit(mid),
  load: ({ prefix, loops }) => load(prefix, loops),
  health: () => say({ health: records.health() }),
  close: async () => {
    await records.close()
    say({ closed: true })
    process.exit(0)
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line)
  void orders[order.do](order)
})
say({ opened: true })

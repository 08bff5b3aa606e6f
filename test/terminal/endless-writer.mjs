// Writes numbers into a flash file for ever, and says each one once it is durable. To be killed.
import { openFileFlash } from '@tillgate/device-sim'

const flash = openFileFlash(process.argv[2])
let sequence = flash.read().cells.sequence ?? 0

const next = () => {
  sequence += 1
  const padding = { order: sequence, text: 'x'.repeat(3_000) }
  flash.write([
    { cell: 'sequence', value: sequence },
    { area: 'log', id: 'padding', value: padding },
  ])
  const said = sequence
  flash.sync((failure) => {
    if (failure !== undefined) throw failure
    process.stdout.write(`${String(said)}\n`)
    next()
  })
}

next()

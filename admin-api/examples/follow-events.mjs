// Follows Tillgate's ledger and prints an event a line; where the connection ends it goes on behind the
// last event that it printed, so that none is missed and none comes twice. The token comes by TOKEN.
//   node follow-events.mjs https://localhost:8443 ca.pem 'kind=command.'
import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'

const [api, caFile, filter = ''] = process.argv.slice(2)
const options = {
  ca: readFileSync(caFile),
  headers: { authorization: `Bearer ${process.env.TOKEN}` },
}

const follow = (after) => {
  let cursor = after
  const url = `${api.replace(/^http/, 'ws')}/v1/events?after=${cursor}&${filter}`
  const socket = new WebSocket(url, options)
  socket.on('message', (text) => {
    const message = JSON.parse(text)
    if (message.event !== undefined) console.log(JSON.stringify(message.event))
    cursor = message.cursor ?? cursor
  })
  socket.on('error', (error) => console.error(error.message))
  socket.on('close', (code, reason) => {
    console.error(`closed: ${code} ${reason}`)
    // 4400 to 4404: asking again would be answered the same.
    if (code < 4400 || code > 4404) setTimeout(() => follow(cursor), 1_000)
  })
}

follow('start')

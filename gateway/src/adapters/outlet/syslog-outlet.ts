/**
 * Sends each checkpoint as one message of RFC 5424, over TCP (RFC 6587, with octet counts) or UDP (RFC 5426).
 * Nobody answers in that protocol: over TCP it has arrived when the peer's system took it, over UDP nobody
 * knows. The note stands in the message with its newlines as `\n`, and in the structured data its size.
 */
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { CheckpointOutlet, SentCheckpoint } from '../../core/ports/outlet.js'
import type { Timers } from '../../core/ports/system.js'
import { outletLimits } from './limits.js'

export interface SyslogTarget {
  readonly transport: 'tcp' | 'udp'
  readonly host: string
  readonly port: number
}

/** Facility 13, log audit; severity 5, notice. */
const priority = 13 * 8 + 5
/** 32473 is the enterprise number for documentation (RFC 5612); nobody else's. */
const dataName = 'checkpoint@32473'

const printable = (text: string): string => text.replace(/[^!-~]/g, '_').slice(0, 255)

export const syslogMessage = (
  { note, size, id, atMs }: SentCheckpoint,
  hostName: string,
): string => {
  const time = new Date(atMs).toISOString()
  const header = `<${String(priority)}>1 ${time} ${printable(hostName)} tillgate - CHECKPOINT`
  const data = `[${dataName} id="${String(id)}" size="${String(size)}"]`
  return `${header} ${data} ${note.trimEnd().replaceAll('\n', '\\n')}`
}

const overUdp = ({ host, port }: SyslogTarget, message: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    const end = (error: Error | null): void => {
      socket.close()
      if (error === null) resolve()
      else reject(error)
    }
    socket.once('error', end)
    socket.send(message, port, host, end)
  })

const overTcp = ({ host, port }: SyslogTarget, message: string, timers: Timers): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const deadline = timers.after(outletLimits.sendMsMax, () =>
      socket.destroy(new Error('no connection in time')),
    )
    socket.once('error', reject)
    socket.once('close', () => {
      deadline.cancel()
      reject(new Error('the connection was closed'))
    })
    // Ended in both directions: what the peer has not taken by then comes back as an error.
    socket.once('end', resolve)
    socket.end(`${String(Buffer.byteLength(message))} ${message}`)
    socket.resume()
  })

export const createSyslogOutlet = (
  target: SyslogTarget,
  { timers, hostName }: { readonly timers: Timers; readonly hostName: string },
): CheckpointOutlet => ({
  name: 'syslog',
  send(checkpoint) {
    const message = syslogMessage(checkpoint, hostName)
    return target.transport === 'udp' ? overUdp(target, message) : overTcp(target, message, timers)
  },
  close: () => Promise.resolve(),
})

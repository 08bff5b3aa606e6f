/** Whether the ports are free; where one is taken, whether by a Tillgate of the same CA. */
import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:net'
import { connect } from 'node:tls'
import type { Timers } from '../../core/ports/system.js'
import { fail, ok, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

export interface PortToTake {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** The fault's code, where it can't be had. */
const taken = ({ host, port }: PortToTake): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ host, port }, () => server.close(() => resolve(undefined)))
  })

const shownBy = (port: number, timers: Timers): Promise<X509Certificate | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
    const late = timers.after(doctorLimits.patienceMs, () => socket.destroy())
    socket.once('secureConnect', () => {
      const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer }
      resolve(raw === undefined ? undefined : new X509Certificate(raw))
      socket.destroy()
    })
    socket.once('error', () => resolve(undefined))
    socket.once('close', () => {
      late.cancel()
      resolve(undefined)
    })
  })

const isOurs = (shown: X509Certificate, cas: readonly X509Certificate[]): boolean =>
  cas.some((ca) => shown.verify(ca.publicKey))

const onePort = async (
  wanted: PortToTake,
  cas: readonly X509Certificate[],
  timers: Timers,
): Promise<Finding> => {
  const check = `port ${wanted.name}`
  const at = `${wanted.host}:${String(wanted.port)}`
  if (wanted.port === 0) return ok(check, 'any free one')
  const fault = await taken(wanted)
  if (fault === undefined) return ok(check, `${at} is free`)
  if (fault !== 'EADDRINUSE') return fail(check, `${at} can't be listened on (${fault})`)
  const shown = await shownBy(wanted.port, timers)
  return shown !== undefined && isOurs(shown, cas)
    ? ok(check, `${at} is taken, by a Tillgate of this CA`)
    : fail(check, `${at} is taken by another program: stop it, or set another port`)
}

export const portsToTake = (
  wanted: readonly PortToTake[],
  cas: readonly X509Certificate[],
  timers: Timers,
): Promise<readonly Finding[]> => Promise.all(wanted.map((one) => onePort(one, cas, timers)))

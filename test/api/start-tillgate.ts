// Runs Tillgate as `npm start` does, as a process of its own on free ports, and speaks HTTPS with it.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { request } from 'node:https'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../admin-api/dist/main.js', import.meta.url))

export interface Ready {
  readonly ready: true
  readonly apiUrl: string
  readonly ports: { readonly api: number; readonly mqtts: number; readonly wss: number }
  readonly adminToken?: string
}

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
}

export interface Child {
  readonly process: ChildProcessByStdio<null, Readable, Readable>
  readonly ended: Promise<Ended>
  stdout(): string
  stderr(): string
}

type Settings = Readonly<Record<string, string>>

/** Whatever the test's own environment says about Tillgate is kept from it. */
const environment = (settings: Settings): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  TILLGATE_API_HOST: '127.0.0.1',
  TILLGATE_LISTEN_HOST: '127.0.0.1',
  TILLGATE_API_PORT: '0',
  TILLGATE_MQTTS_PORT: '0',
  TILLGATE_WSS_PORT: '0',
  ...settings,
})

export interface LastingChild extends Child {
  end(): Promise<void>
}

/** For a whole test file; whoever launches it ends it. */
export const launchLasting = (
  settings: Settings,
  words: readonly string[] = ['--json'],
): LastingChild => {
  const child = spawn(process.execPath, [main, ...words], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const end = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { process: child, ended, end, stdout: () => stdout, stderr: () => stderr }
}

/** For one test, which ends it. */
export const launch = (settings: Settings, words: readonly string[] = ['--json']): Child => {
  const child = launchLasting(settings, words)
  onTestFinished(() => child.end())
  return child
}

/** Resolves with the ready line; rejects with what it said where it ends before. */
export const readyOf = (child: Child): Promise<Ready> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      const line = child.stdout().split('\n')[0] ?? ''
      if (child.stdout().includes('\n')) resolve(JSON.parse(line) as Ready)
    }
    child.process.stdout.on('data', look)
    child.ended.then(() => reject(new Error(child.stderr())), reject)
    look()
  })

export interface Answer {
  readonly status: number
  readonly text: string
}

interface Asking {
  readonly method?: string
  readonly token?: string
  readonly body?: unknown
  /** PEM that the server must prove; without one nothing is checked, as `curl -k` does. */
  readonly ca?: string
}

export const ask = (ready: Ready, path: string, asking: Asking = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { ca, token, body } = asking
    const sent = request(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port: ready.ports.api,
        path,
        method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
        agent: false,
        ...(ca === undefined ? { rejectUnauthorized: false } : { ca }),
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (answer) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })

/** A POST whose body never comes to its end; resolves once the server has its head. */
export const beginRequest = (
  ready: Ready,
  token: string,
): Promise<{ readonly closed: Promise<void> }> =>
  new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port: ready.ports.api,
      path: '/v1/merchants',
      method: 'POST',
      agent: false,
      rejectUnauthorized: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': '100',
        // The server says when it has read the head.
        expect: '100-continue',
      },
    })
    const closed = new Promise<void>((done) => sent.on('close', () => done()))
    sent.on('error', () => undefined)
    sent.on('continue', () => {
      sent.write('{')
      resolve({ closed })
    })
    sent.on('response', () => reject(new Error('answered before its body was there')))
    sent.flushHeaders()
  })

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { composeErrors } from './schema.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

interface Service {
  readonly build: { readonly context: string; readonly dockerfile: string }
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly [key: string]: unknown
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** The source of a built program, as its container starts it. */
const sourceOf = (built: string): string => built.replace('/dist/', '/src/').replace(/\.js$/, '.ts')

/** What `tillgate-sim` says of one of its commands. */
const helpOf = (command: string | undefined): string =>
  command === undefined
    ? ''
    : execFileSync(process.execPath, [`${root}device-sim/bin/tillgate-sim.js`, command, '--help'], {
        encoding: 'utf8',
      })

const READS_ENVIRONMENT: Readonly<Record<string, string>> = {
  tillgate: 'admin-api/src/start/config.ts',
  fleet: 'device-sim/src/cli/fleet.ts',
}

const composition = parse(read('docker-compose.yml'), { merge: true }) as Composition
const services = Object.entries(composition.services)

describe('docker-compose.yml', () => {
  test('keeps to the Compose specification', () => {
    expect(composeErrors(composition)).toEqual([])
  })

  test.each([
    [{ services: { a: { image: 1 } } }],
    [{ services: { a: { imag: 'a' } } }],
    [{ services: { a: { ports: 'x' } } }],
    [{ services: { a: { image: 'a', depends_on: { b: { condition: 'soon' } } } } }],
    [{ service: {} }],
  ])('is refused when it reads %j', (broken) => {
    expect(composeErrors(broken).length).toBeGreaterThan(0)
  })

  test('gives no container more than it needs', () => {
    for (const [name, service] of services) {
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      })
      expect(service['privileged'] ?? service['network_mode'], name).toBeUndefined()
    }
  })

  test('declares each volume that it mounts', () => {
    const mounted = services.flatMap(([, { volumes }]) => volumes ?? [])
    const named = new Set(mounted.map((volume) => volume.split(':')[0]))
    expect(new Set(Object.keys(composition.volumes))).toEqual(named)
  })
})

describe('what docker-compose.yml says to a program', () => {
  test('is a variable that the program reads', () => {
    const named = services.flatMap(([name, { environment = {} }]) =>
      Object.keys(environment).map((variable) => [name, variable] as const),
    )
    expect(named.length).toBeGreaterThan(0)
    for (const [name, variable] of named) {
      expect(read(READS_ENVIRONMENT[name]!), variable).toMatch(new RegExp(`\\b${variable}\\b`))
    }
  })

  test('is an option that the program has', () => {
    let options = 0
    for (const [, { entrypoint, command = [] }] of services) {
      const known =
        entrypoint === undefined ? helpOf(command[0]) : read(sourceOf(entrypoint.at(-1)!))
      for (const option of command.filter((part) => part.startsWith('--'))) {
        expect(known).toMatch(new RegExp(`(^|\\W)${option.slice(2)}\\b`))
        options += 1
      }
    }
    expect(options).toBeGreaterThan(5)
  })
})

describe.each(services)('the image of %s', (_name, service) => {
  const dockerfile = read(service.build.dockerfile)

  test('is built from the project’s root, on Node 20, and does not run as root', () => {
    expect(service.build.context).toBe('.')
    for (const from of dockerfile.matchAll(/^FROM (\S+)/gm)) {
      expect(['node:20-bookworm-slim', 'manifests']).toContain(from[1])
    }
    expect(/^USER (\S+)$/m.exec(dockerfile)?.[1]).toBe('node')
  })

  test('copies only what is there, or what the build makes', () => {
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    expect(copies.length).toBeGreaterThan(5)
    for (const [, paths] of copies) {
      for (const path of paths!.split(' ')) expect(existsSync(root + path), path).toBe(true)
    }
  })

  test('knows every workspace of the lock file, or npm ci would refuse it', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
    for (const workspace of workspaces) {
      expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`)
    }
  })

  test('opens the ports that are published', () => {
    const exposed = (/^EXPOSE (.+)$/m.exec(dockerfile)?.[1] ?? '').split(' ')
    for (const port of service.ports ?? []) expect(exposed).toContain(port.split(':').at(-1))
  })
})

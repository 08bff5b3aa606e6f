import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@tillgate/admin-api'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { tempFolder } from '../ground/index.js'
import { composeErrors } from './schema.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly image?: string
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

/** Where the program of an image of ours names its variables. */
const READS_ENVIRONMENT: Readonly<Record<string, string>> = {
  'admin-api/Dockerfile': 'admin-api/src/start/variables.ts',
  'device-sim/Dockerfile': 'device-sim/src/cli/fleet.ts',
}

const composition = parse(read('docker-compose.yml'), { merge: true }) as Composition
const services = Object.entries(composition.services)
const ours = services.flatMap(([name, service]) =>
  service.build === undefined ? [] : [[name, { ...service, build: service.build }] as const],
)

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
    const sources = mounted.map((volume) => volume.split(':')[0] ?? '')
    for (const file of sources.filter((source) => source.startsWith('.'))) {
      expect(existsSync(root + file), file).toBe(true)
    }
    const named = new Set(sources.filter((source) => !source.startsWith('.')))
    expect(new Set(Object.keys(composition.volumes))).toEqual(named)
  })
})

describe('what docker-compose.yml says to a program', () => {
  test('is a variable that the program reads', () => {
    const named = ours.flatMap(([, { build, environment = {} }]) =>
      Object.keys(environment).map((variable) => [build.dockerfile, variable] as const),
    )
    expect(named.length).toBeGreaterThan(0)
    for (const [dockerfile, variable] of named) {
      const program = read(READS_ENVIRONMENT[dockerfile]!)
      expect(program, variable).toMatch(new RegExp(`\\b${variable}\\b`))
    }
  })

  test('is an option that the program has', () => {
    let options = 0
    for (const [, { entrypoint, command = [] }] of ours) {
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

describe.each(ours)('the image of %s', (_name, service) => {
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

describe('the secrets of docker-compose.yml', () => {
  const script = `${root}gateway/examples/compose/make-secrets.mjs`
  const make = (folder: string): string =>
    execFileSync(process.execPath, [script, folder], { encoding: 'utf8' })

  test('are made once, are not the same twice, and are all that the services name', () => {
    const [folder, other] = [tempFolder('secrets'), tempFolder('secrets')]
    const printed = make(folder)
    expect(make(folder)).toBe('')
    make(other)
    const secret = (at: string, name: string): string => readFileSync(join(at, name), 'utf8')
    for (const name of readdirSync(folder)) {
      expect(secret(folder, name), name).not.toBe(secret(other, name))
      expect(printed).not.toContain(secret(folder, name))
    }
    const named = read('docker-compose.yml').matchAll(/\/secrets\/([a-z.-]+)/g)
    for (const [, name] of named) expect(readdirSync(folder)).toContain(name)
  })

  test('are taken by a node as it is told them', () => {
    const folder = tempFolder('secrets')
    make(folder)
    const { node } = readConfig({
      TILLGATE_DATABASE_URL_FILE: join(folder, 'database-url'),
      TILLGATE_REDIS_URL_FILE: join(folder, 'redis-url'),
      TILLGATE_SEALING_KEY_FILE: join(folder, 'sealing-key'),
    })
    expect(node.records).toMatchObject({ kind: 'postgres' })
    expect(node.coordination).toMatchObject({ kind: 'redis', servers: { kind: 'single' } })
  })
})

test('the balancer knows every gateway, and no other', () => {
  const config = read('gateway/examples/compose/haproxy.cfg')
  const isListening = ([name, { environment = {} }]: (typeof services)[number]): boolean =>
    name.startsWith('gateway-') && environment['TILLGATE_LINK'] === undefined
  const gateways = services.filter(isListening).map(([name]) => name)
  const named = [...config.matchAll(/^ {2}server (\S+) (\S+):\d+ /gm)].map(([, , host]) => host)
  expect(new Set(named)).toEqual(new Set(gateways))
})

describe('the broker of docker-compose.yml', () => {
  const { mosquitto, 'gateway-behind-broker': gateway } = composition.services
  const folderOf = (service: Service | undefined): string | undefined =>
    service?.volumes?.find((volume) => volume.startsWith('broker:'))?.split(':')[1]

  test('reads the example that operators get, from where the example says it lies', () => {
    const config = read('gateway/examples/brokers/mosquitto/mosquitto.conf')
    expect(mosquitto?.command).toContain(`${folderOf(mosquitto)!}/mosquitto.conf`)
    expect(config).toContain(`cafile ${folderOf(mosquitto)!}/`)
  })

  test('is reached by the gateway at the port for gateways, as the user of its rules', () => {
    const { environment = {} } = gateway!
    expect(environment['TILLGATE_BROKER_URL']).toBe('mqtts://mosquitto:8884')
    const rules = read('gateway/examples/brokers/mosquitto/gateways.acl')
    expect(rules).toContain(`user ${environment['TILLGATE_BROKER_USERNAME']!}\n`)
    expect(environment['TILLGATE_BROKER_CA_FILE']).toBe(`${folderOf(gateway)!}/ca.pem`)
  })

  test('runs as whom its files are made for', () => {
    // `node` in the images of node:20-bookworm-slim.
    expect(mosquitto?.['user']).toBe('1000:1000')
    expect(composition.services['broker-files']?.build?.dockerfile).toBe('admin-api/Dockerfile')
  })
})

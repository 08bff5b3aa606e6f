// The part of a Dockerfile's language that ours are written in, and a way of following one without a
// container engine: each stage is a folder, COPY copies, RUN runs there. What an engine adds (another user,
// a read-only root, the image's own system) is not played.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface Instruction {
  readonly word: string
  readonly rest: string
}

const joined = (text: string): string => text.replace(/\\\n\s*/g, ' ')

export const parseDockerfile = (text: string): readonly Instruction[] =>
  joined(text)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
      if (word === '') throw new Error(`not an instruction: ${line}`)
      return { word, rest }
    })

/** The stage that is the image, as an engine would start it: paths are below `root`. */
export interface BuiltImage {
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  readonly volumes: readonly string[]
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  /** What the HEALTHCHECK runs, in the form of words. */
  readonly healthcheck: readonly string[]
}

interface Stage extends BuiltImage {
  readonly name: string
}

interface Build {
  /** The files that are sent to the engine: a clean checkout. */
  readonly context: string
  /** Empty; stages are made in it. */
  readonly folder: string
  /** Told before each RUN, for whoever watches. */
  readonly say?: (command: string) => void
}

const words = (json: string): readonly string[] => JSON.parse(json) as string[]

const copyInto = (from: string, to: string, isFolder: boolean): void => {
  const intoFolder = isFolder && !statSync(from).isDirectory()
  const target = intoFolder ? join(to, basename(from)) : to
  mkdirSync(dirname(target), { recursive: true })
  cpSync(from, target, { recursive: true, verbatimSymlinks: true })
}

/** A COPY of several files, or one that ends in a slash, goes into the folder. */
const copy = (stages: readonly Stage[], stage: Stage, rest: string, context: string): Stage => {
  const [, from, paths = ''] = /^(?:--from=(\S+) )?(.+)$/.exec(rest) ?? []
  const source = from === undefined ? context : stages.find(({ name }) => name === from)?.root
  if (source === undefined) throw new Error(`no stage is called ${String(from)}`)
  const parts = paths.split(' ')
  const last = parts.pop()!
  const to = last.startsWith('/') ? join(stage.root, last) : join(stage.root, stage.workdir, last)
  for (const part of parts) copyInto(join(source, part), to, parts.length > 1 || /[/]$/.test(last))
  return stage
}

const begin = (stages: readonly Stage[], rest: string, folder: string): Stage => {
  const [, base = '', name = `stage-${String(stages.length)}`] =
    /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? []
  const root = join(folder, name)
  const before = stages.find((stage) => stage.name === base)
  mkdirSync(root)
  if (before === undefined) {
    const none = { env: {}, volumes: [], entrypoint: [], command: [], healthcheck: [] }
    return { name, root, workdir: '/', ...none }
  }
  cpSync(before.root, root, { recursive: true, verbatimSymlinks: true })
  return { ...before, name, root }
}

const assignments = (rest: string): Readonly<Record<string, string>> =>
  Object.fromEntries(rest.split(' ').map((pair) => pair.split('=', 2) as [string, string]))

/** A command of RUN with its absolute paths below the stage, and owned by whoever follows it. */
const movedBelow = (command: string, root: string): string =>
  command
    .replace(/ --(owner|group)=\S+/g, '')
    .replace(/ (\/\S+)/g, (_, path: string) => ` ${join(root, path)}`)

/** An image knows nothing of the machine that it is built on: where programs lie, and how npm is reached. */
const bare = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(PATH|HOME|npm_config_|NPM_CONFIG_)/.test(name),
    ),
  )

/** What an instruction does to its stage; the words that only an engine can follow change nothing. */
const follow = (
  stages: readonly Stage[],
  stage: Stage,
  { word, rest }: Instruction,
  build: Build,
): Stage => {
  const cwd = join(stage.root, stage.workdir)
  switch (word) {
    case 'WORKDIR':
      mkdirSync(join(stage.root, rest), { recursive: true })
      return { ...stage, workdir: rest }
    case 'COPY':
      return copy(stages, stage, rest, build.context)
    case 'RUN':
      build.say?.(rest)
      execFileSync('sh', ['-ec', movedBelow(rest, stage.root)], { cwd, env: bare(), stdio: 'pipe' })
      return stage
    case 'ENV':
      return { ...stage, env: { ...stage.env, ...assignments(rest) } }
    case 'VOLUME':
      return { ...stage, volumes: [...stage.volumes, rest] }
    case 'ENTRYPOINT':
      return { ...stage, entrypoint: words(rest) }
    case 'CMD':
      return { ...stage, command: words(rest) }
    case 'HEALTHCHECK':
      return { ...stage, healthcheck: words(rest.slice(rest.indexOf('['))) }
    case 'USER':
    case 'EXPOSE':
      return stage
    default:
      throw new Error(`nobody knows how to follow ${word}`)
  }
}

export const followDockerfile = (dockerfile: string, build: Build): BuiltImage => {
  const stages: Stage[] = []
  for (const instruction of parseDockerfile(readFileSync(dockerfile, 'utf8'))) {
    if (instruction.word === 'FROM') {
      stages.push(begin(stages, instruction.rest, build.folder))
      continue
    }
    const stage = stages.pop()
    if (stage === undefined) throw new Error(`${instruction.word} before FROM`)
    stages.push(follow(stages, stage, instruction, build))
  }
  return stages.at(-1)!
}

/** What git knows of this tree, as it stands in it, and nothing that was built or installed. */
export const checkout = (root: string, folder: string): void => {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 16 * 1_024 * 1_024,
    },
  )
  for (const path of listed.split('\0').filter((name) => name !== '')) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
}

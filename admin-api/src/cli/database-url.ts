/** The database that a command is about: its option, or the variables that a node is started with. */
import { readFileSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'

const isPostgres = (url: string): boolean =>
  URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)

/** Never says the URL itself: a password may stand in it. */
export const postgresUrl = (text: string): string => {
  const url = text.trim()
  if (isPostgres(url)) return url
  throw new InvalidArgumentError('It must be a URL that begins with postgres://')
}

export const databaseUrlOption = new Option(
  '--database-url <url>',
  'postgres://… ; else TILLGATE_DATABASE_URL, or the file that TILLGATE_DATABASE_URL_FILE names',
).argParser(postgresUrl)

export const databaseUrlOf = (given: string | undefined): string => {
  const { TILLGATE_DATABASE_URL: url, TILLGATE_DATABASE_URL_FILE: file } = process.env
  const text = given ?? url ?? (file === undefined ? undefined : readFileSync(file, 'utf8'))
  if (text !== undefined) return postgresUrl(text)
  throw new InvalidArgumentError(
    'Which database? Give --database-url, or set TILLGATE_DATABASE_URL',
  )
}

/**
 * `tillgate doctor`: looks at what a node of this configuration needs, and says how it is. Exit code 1 where
 * something must be mended first; what only should be is a warning.
 */
import { examineNode, pinoLog, type Finding } from '@tillgate/gateway'

import { readConfig } from '../start/config.js'
import { ConfigError } from '../start/variables.js'

export interface DoctorOptions {
  readonly json: boolean
}

const marks: Readonly<Record<Finding['verdict'], string>> = {
  ok: 'ok  ',
  warn: 'WARN',
  fail: 'FAIL',
  skipped: '-   ',
}

const examine = (): Promise<readonly Finding[]> | readonly Finding[] => {
  try {
    const { node, api } = readConfig(process.env)
    const log = pinoLog({ level: 'silent' })
    return examineNode({ ...node, log }, api, process.versions.node)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [{ check: 'configuration', verdict: 'fail', says: error.message }]
  }
}

const tableOf = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const line = ({ verdict, check, says }: Finding): string =>
    `${marks[verdict]}  ${check.padEnd(width)}  ${says}`
  return `${findings.map(line).join('\n')}\n`
}

export const doctor = async ({ json }: DoctorOptions): Promise<void> => {
  const findings = await examine()
  const isWell = findings.every(({ verdict }) => verdict !== 'fail')
  process.stdout.write(json ? `${JSON.stringify({ ok: isWell, findings })}\n` : tableOf(findings))
  if (!isWell) process.exitCode = 1
}

/** Node's version. */
import { doctorLimits } from './limits.js'
import { fail, ok, type Finding } from './finding.js'

const check = 'Node'

export const nodeVersion = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantsMajor, wantsMinor] = doctorLimits.nodeVersionMin
  const isNewEnough = major > wantsMajor || (major === wantsMajor && minor >= wantsMinor)
  const wants = `${String(wantsMajor)}.${String(wantsMinor)}`
  return isNewEnough
    ? ok(check, `Node ${version}`)
    : fail(check, `Node ${version} is too old: install ${wants} or newer`)
}

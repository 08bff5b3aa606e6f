// Nothing in the tree knows the machine it was written on: no path of somebody's disk, and no host of
// a registry in the lock file, so that every clone installs from its own registry.
import type { Finding, Rule } from './tree.js'

const LOCK = 'package-lock.json'

// The first folder of an absolute path that belongs to one machine.
const OWN_DISK = /(^|[\s'"`(=:,[])\/(work|root|home|Users|mnt|workspace)\/\w/

export const places: Rule = {
  name: 'no path of one machine is written down',
  check: (tree) =>
    tree.files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index): Finding[] => {
        if (path === LOCK || !OWN_DISK.test(line)) return []
        const instead = 'take the path from an option, or build it from the project’s root'
        return [{ path, line: index + 1, rule: 'a path of one machine', instead }]
      }),
    ),
}

export const lockFile: Rule = {
  name: 'the lock file names no registry',
  check: (tree) =>
    (tree.text(LOCK) ?? '').split('\n').flatMap((line, index): Finding[] => {
      if (!/"resolved": "(https?|git)/.test(line)) return []
      const instead = 'set omit-lockfile-registry-resolved=true in .npmrc and install again'
      return [{ path: LOCK, line: index + 1, rule: 'a registry in the lock file', instead }]
    }),
}

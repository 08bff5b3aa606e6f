/** Why a start failed, in words for whoever started it: what is wrong and what to do, and no stack. */
import { PkiRefused, RecordsRefused, RecordsUnavailable } from '@tillgate/gateway'

import { ConfigError } from './config.js'

const said: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens on that port; stop it, or set another port',
  EACCES: 'this user may not do that; choose a port above 1023, or check the folder’s owner',
  EADDRNOTAVAIL: 'this machine has no such address; check the …_HOST variables',
  ENOTFOUND: 'the name is not known; check the …_HOST variables',
}

interface SystemFault {
  readonly code?: string
  readonly address?: string
  readonly port?: number
}

/** Undefined where it is nothing that an operator can mend: a bug, to be shown whole. */
export const explain = (error: unknown): string | undefined => {
  if (error instanceof ConfigError) return error.message
  if (error instanceof RecordsRefused || error instanceof PkiRefused) return error.message
  if (error instanceof RecordsUnavailable)
    return `${error.message}; free some space and start again`
  const { code = '', address, port } = error as SystemFault
  const what = said[code]
  if (what === undefined) return undefined
  const where = port === undefined ? '' : ` (${address ?? ''}:${String(port)})`
  return `${code}${where}: ${what}`
}

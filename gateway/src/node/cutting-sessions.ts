/**
 * Revoking cuts the live session that stands on the certificate, on whichever node it is; the next Hello
 * on it is refused.
 */
import { equalBytes } from '@tillgate/protocol'

import type { Core } from '../core/open-core.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { Certificates } from '../pki/index.js'

export const cuttingSessions = (
  certificates: Certificates,
  core: Core,
  coordination: Pick<Coordination, 'call'>,
): Certificates => ({
  register: (order) => certificates.register(order),
  async revoke(order) {
    const revoked = await certificates.revoke(order)
    if (!revoked.ok) return revoked
    for (const session of core.sessions.all()) {
      if (equalBytes(session.link.certificateSha256, revoked.sha256)) {
        session.link.close('revoked')
      }
    }
    coordination.call('revoked')
    return revoked
  },
})

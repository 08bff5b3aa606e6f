// A server over TLS, by an authority that a machine does not know unless it is told.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { freePort, redisPrograms, startRedis, tempFolder, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import { selfSigned } from '../../listener/certificates.js'
import { expectBounded, reasonsOf, untilCalled, untilNudged, untilSaid } from './scene.js'

testWith(
  redisPrograms,
  'who knows the authority is served over TLS, who does not is told why not',
  async (context) => {
    const { key, cert } = selfSigned('localhost')
    const folder = tempFolder('redis-tls')
    writeFileSync(join(folder, 'key.pem'), key)
    writeFileSync(join(folder, 'cert.pem'), cert)
    const port = await freePort()
    const server = await startRedis({
      settings: [
        ...['--tls-port', String(port), '--tls-auth-clients', 'no'],
        ...['--tls-cert-file', join(folder, 'cert.pem'), '--tls-key-file', join(folder, 'key.pem')],
        ...['--tls-ca-cert-file', join(folder, 'cert.pem')],
      ],
    })
    context.onTestFinished(() => server.kill())
    const prefix = freshPrefix()
    const servers = serversOf(`rediss://localhost:${String(port)}`)
    const known = { ...servers, tls: { ca: cert } }
    const stranger = redisNode({ name: 'stranger', servers, prefix })
    const a = redisNode({ name: 'a', servers: known, prefix })
    const b = redisNode({ name: 'b', servers: known, prefix })
    await untilWell(a, b)
    a.coordination.own(1, 1)
    await untilNudged(b, a, 1)
    await untilCalled(b, a)
    await untilSaid(stranger, 'shows a certificate that is not trusted')
    expect(reasonsOf(stranger)).toContain('SELF_SIGNED')
    await expectBounded(stranger)
  },
)

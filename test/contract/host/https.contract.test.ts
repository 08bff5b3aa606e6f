import { afterAll, beforeAll } from 'vitest'
import type { RunningHost } from '@tillgate/device-sim'
import { createHttpsHost } from '../../../gateway/src/adapters/host/https/https-host.js'
import type { HttpsHost } from '../../../gateway/src/adapters/host/https/https-host.js'
import { systemTimers } from '../../../gateway/src/adapters/system/index.js'
import { tempFolder } from '../../ground/index.js'
import { startTestHost } from '../../host/test-host.js'
import { hostContract } from './host.contract.js'

let running: RunningHost
let host: HttpsHost
let tids = 0

beforeAll(async () => {
  running = await startTestHost(tempFolder('host'))
  host = createHttpsHost({
    baseUrl: `https://127.0.0.1:${String(running.httpsPort)}`,
    token: running.token,
    caPem: running.certificatePem,
    timers: systemTimers,
  })
})
afterAll(async () => {
  host.close()
  await running.stop()
})

hostContract('HTTPS, the simulated switch behind it', () =>
  Promise.resolve({
    host,
    freshTid: async () => {
      const name = { acquirerCode: '4802', mid: 'M1', tid: `T${String(tids++)}` }
      await running.theSwitch.register(name, 'SN-1')
      return name
    },
    unknownTid: { acquirerCode: '4802', mid: 'M1', tid: 'NOBODY' },
  }),
)

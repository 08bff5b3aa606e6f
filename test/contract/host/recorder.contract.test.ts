import { createRecorderHost } from '../../../gateway/src/adapters/host/recorder/recorder-host.js'
import { hostContract } from './host.contract.js'

let tids = 0

hostContract('the recorder', () => {
  const host = createRecorderHost()
  const freshTid = () =>
    Promise.resolve({ acquirerCode: '4802', mid: 'M1', tid: `T${String(tids++)}` })
  return Promise.resolve({ host, freshTid })
})

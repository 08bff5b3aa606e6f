import { openInProcessCoordination } from '@tillgate/gateway'
import { coordinationContract } from './coordination.contract.js'
import { incarnation, told } from './fleet.js'

coordinationContract('this process alone', {
  programs: [],
  open: () =>
    Promise.resolve({
      node: (name) =>
        Promise.resolve(told(openInProcessCoordination({ name, incarnation: incarnation() }))),
      settle: () => Promise.resolve(),
    }),
})

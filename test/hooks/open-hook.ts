// A hook to a receiver, with the machine's time and chance; limits short where a test waits for them.
import { createHook, type Hook, type HookOptions } from '../../gateway/src/adapters/hooks/hook.js'
import {
  systemClock,
  systemEntropy,
  systemTimers,
} from '../../gateway/src/adapters/system/index.js'
import { hookSecret, type HookReceiver } from './receiver.js'

export const hookTo = (
  { url, caPem }: Pick<HookReceiver, 'url' | 'caPem'>,
  more: Partial<HookOptions> = {},
): Hook =>
  createHook({
    ...{ target: 'registry', url, caPem, secrets: [hookSecret()] },
    ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy },
    ...more,
  })

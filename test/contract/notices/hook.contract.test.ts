import { afterEach } from 'vitest'
import type { Hook } from '../../../gateway/src/adapters/hooks/hook.js'
import { createNoticesHook } from '../../../gateway/src/adapters/hooks/notices-hook.js'
import type { Notice } from '../../../gateway/src/core/ports/notices.js'
import { hookTo } from '../../hooks/open-hook.js'
import type { HookReceiver } from '../../hooks/receiver.js'
import { startReceiver } from '../../hooks/start-receiver.js'
import { noticesContract } from './notices.contract.js'

const opened: { readonly receiver: HookReceiver; readonly hook: Hook }[] = []

afterEach(async () => {
  for (const { receiver, hook } of opened.splice(0)) {
    hook.close()
    await receiver.goDown()
  }
})

noticesContract('signed hooks, the reference receiver behind them', async () => {
  const receiver = await startReceiver('notices-hook')
  const hook = hookTo(receiver, { target: 'notices' })
  opened.push({ receiver, hook })
  return {
    notices: createNoticesHook(hook),
    sent: () =>
      receiver
        .got()
        .filter(({ was }) => was === 'acted')
        .map(({ id, data }) => ({ ...data, idempotencyKey: id }) as Notice),
  }
})

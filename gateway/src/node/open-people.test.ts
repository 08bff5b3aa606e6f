import { describe, expect, it, vi } from 'vitest'

import { systemClock, systemEntropy, systemIds, systemTimers } from '../adapters/system/index.js'
import type { Records } from '../core/ports/records.js'
import type { Sealing } from '../core/ports/sealing.js'
import type { UserRow } from '../core/records/tables.js'
import { openPeople } from './open-people.js'

const machine = {
  ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, ids: systemIds },
}

const voting = async (answer: object) => {
  const decided = vi.fn()
  const records = { submit: () => Promise.resolve(answer) } as unknown as Records
  const { approvals } = openPeople({}, { ...machine, records, sealing: {} as Sealing, decided })
  await approvals.vote({
    approvalUuid: new Uint8Array(16),
    voter: { id: 1, totpSecret: null } as UserRow,
    decision: 'approve',
    subjectHash: new Uint8Array(32),
    ...{ reason: 'seen', code: '000000', breakGlass: false },
  })
  return decided
}

describe('a vote', () => {
  it('that grants wakes what waits for it', async () => {
    expect(await voting({ ok: true, state: 'GRANTED' })).toHaveBeenCalledTimes(1)
  })

  it.each([
    { ok: true, state: 'PENDING' },
    { ok: true, state: 'REJECTED' },
    { ok: false, code: 'OWN_REQUEST' },
  ])('that does not, wakes nobody: $ok $state', async (answer) => {
    expect(await voting(answer)).not.toHaveBeenCalled()
  })
})

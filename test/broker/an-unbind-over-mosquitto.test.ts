import { afterAll, beforeAll, expect } from 'vitest'

import { requireProgram, testWith } from '../ground/index.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined

beforeAll(async () => {
  if (programs.every(requireProgram)) stage = await openBrokerStage()
}, 60_000)

afterAll(() => stage?.end(), 60_000)

const theStage = (): BrokerStage => {
  if (stage === undefined) throw new Error('no stage')
  return stage
}

for (const version of [5, 4] as const) {
  testWith(
    programs,
    `an unbind goes from order to proof over MQTT ${String(version)}`,
    async () => {
      const behind = theStage()
      const till = await behind.till({ version })
      await till.sellAll(2)
      const uuid = await till.unbind()
      const { command, proofs } = await behind.until(uuid, 'done')
      expect(command).toMatchObject({ open: 0, outcomeUnknown: 0, attempts: 1 })
      expect(proofs).toHaveLength(1)
      // The broker's PUBACK is not the terminal's.
      expect(command.deliveredAtMs).toBeNull()
      await till.until('its Receipt', () => till.proofs()[0]?.receipted === true)
      expect(till.keysHeld()).toEqual([])
      expect(till.atHost().state).toBe('blocked')
    },
  )
}

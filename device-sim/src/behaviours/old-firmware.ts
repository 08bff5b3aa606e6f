/**
 * Firmware from before some commands were thought of: it says so in its Hello, and answers them with
 * `UNKNOWN_COMMAND` (domain §8: 5 %, half of them silent instead, see `silent-firmware.ts`).
 */
import type { CommandTypeName } from '@tillgate/protocol'
import type { Profile } from '../terminal/profile.js'
import type { Behaviour } from './behaviour.js'

export interface OldFirmware {
  readonly lacks: readonly CommandTypeName[]
  readonly firmware?: string
}

export const olderProfile = (profile: Profile, { lacks, firmware }: OldFirmware): Profile => ({
  ...profile,
  firmware: firmware ?? 'sim-0.9.0',
  capabilities: profile.capabilities.filter((name) => !lacks.includes(name)),
})

export const oldFirmware = (options: OldFirmware): Behaviour => ({
  name: 'old-firmware',
  profile: (profile) => olderProfile(profile, options),
})

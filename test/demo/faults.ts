/** Which bad luck which terminal has: drawn from the seed, by share (see domain notes in device-sim). */
import type { Behaviour, Prng } from '@tillgate/device-sim'

export const behavioursOf = (_index: number, _chance: Prng): readonly Behaviour[] => []

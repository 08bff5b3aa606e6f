/** The generator: all terminals of the benchmark in one process of their own. */
import { createSecureContext } from 'node:tls'

import { makeCsr } from '@tillgate/device-sim'
import type { PrivateKeyHandle } from '@tillgate/protocol'
import { generatePrivateKey, keyObjectOf } from '@tillgate/protocol/node'

import { concurrently } from '../../demo/concurrently.js'
import type { Applicant, FleetPapers } from '../gateway/calls.js'
import { serve } from '../processes/serve.js'
import { cpuSeconds, memory } from '../processes/usage.js'
import type { Dial, GeneratorCalls, Saying } from './calls.js'
import { LeanTerminal } from './lean-terminal.js'
import { emptyTally } from './tally.js'
import { Trust } from './trust.js'

const keys = new Map<string, PrivateKeyHandle>()
let fleet: readonly LeanTerminal[] = []
let trust: Trust | undefined
let signsAll = false
let failure: Error | undefined

const tally = emptyTally()

const manufacture = (count: number): readonly Applicant[] =>
  Array.from({ length: count }, () => {
    const sn = `BENCH-${String(keys.size + 1).padStart(6, '0')}`
    const key = generatePrivateKey('ES256')
    keys.set(sn, key)
    return { sn, csr: makeCsr(key, sn) }
  })

const enrolled = ({ caPem, offlineRoot, signerList, papers }: FleetPapers): void => {
  const trusted = (trust ??= new Trust(offlineRoot, signerList))
  const joined = papers.map(({ sn, certificatePem }) => {
    const key = keys.get(sn)
    if (key === undefined) throw new Error(`${sn} was not made here`)
    const keyPem = keyObjectOf(key).export({ format: 'pem', type: 'pkcs8' })
    const context = createSecureContext({
      key: keyPem,
      cert: certificatePem,
      ca: caPem,
      minVersion: 'TLSv1.3',
    })
    return new LeanTerminal({
      sn,
      key,
      context,
      trust: trusted,
      tally,
      signsAll: () => signsAll,
      failed: (error) => (failure ??= error),
    })
  })
  fleet = [...fleet, ...joined]
}

const dialsMax = 5

const dial = async ({ port, from, to, resume, atATime }: Dial) => {
  const startedMs = performance.now()
  const dialled = fleet.slice(from, to)
  let again = 0
  await concurrently(dialled, atATime, async (terminal) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await terminal.dial({ port, resume })
      } catch (error) {
        if (tries === dialsMax) throw error
        again += 1
      }
    }
  })
  const seconds = (performance.now() - startedMs) / 1_000
  return { seconds, again, resumed: dialled.filter(({ wasResumed }) => wasResumed).length }
}

const hangUp = (): void => {
  for (const terminal of fleet) terminal.hangUp()
}

const answeredMsMax = 60_000

/** One round after the other: a round is written when the one before was answered. */
const saying = async ({ what, to, times }: Saying): Promise<void> => {
  const speakers = fleet.slice(0, to)
  const givenUpMs = performance.now() + answeredMsMax
  for (let round = 0; round < times; round += 1) {
    const expected = tally.pongs + speakers.length
    for (const terminal of speakers) terminal[what]()
    while (tally.pongs < expected) {
      if (failure !== undefined) throw failure
      if (performance.now() > givenUpMs) throw new Error('a ping was not answered')
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

const calls: GeneratorCalls = {
  manufacture,
  enrolled,
  dial,
  hangUp,
  say: saying,
  signsAll: (signs) => {
    signsAll = signs
  },
  forget: () => {
    Object.assign(tally, emptyTally())
    if (trust !== undefined) trust.rootsVerified = 0
  },
  tally: () => {
    if (failure !== undefined) throw failure
    return { ...tally, rootsVerified: trust?.rootsVerified ?? 0 }
  },
  cpuSeconds,
  memory,
}

serve(calls, hangUp)

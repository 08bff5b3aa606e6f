/** `tillgate partitions`: what the ledger and the ended commands of a PostgreSQL database lie in. */
import { openPartitions, systemClock, systemTimers } from '@tillgate/gateway'
import type { Partition, Partitions } from '@tillgate/gateway'

const withPartitions = async (
  url: string,
  use: (partitions: Partitions) => Promise<void>,
): Promise<void> => {
  const partitions = await openPartitions({ url, clock: systemClock, timers: systemTimers })
  try {
    await use(partitions)
  } finally {
    await partitions.close()
  }
}

const lineOf = ({ name, rows, bytes, refused }: Partition): string =>
  `${name.padEnd(20)} ${String(rows).padStart(12)} rows ${String(bytes).padStart(14)} bytes  ` +
  (refused === undefined ? 'may be detached' : `stays: ${refused}`)

export const listPartitions = (url: string, json: boolean): Promise<void> =>
  withPartitions(url, async (partitions) => {
    const list = await partitions.list()
    const text = json ? JSON.stringify(list) : list.map(lineOf).join('\n')
    process.stdout.write(`${text}\n`)
  })

export const detachPartition = (url: string, name: string): Promise<void> =>
  withPartitions(url, async (partitions) => {
    const answer = await partitions.detach(name)
    process.stdout.write(
      answer.ok
        ? `${name} is detached: a table of its own, for you to dump and drop.\n`
        : `${name} stays: ${answer.reason}\n`,
    )
    if (!answer.ok) process.exitCode = 1
  })

import { expect, test } from 'vitest'
import { oneWriteATick } from './one-write.js'

const rig = () => {
  const written: number[][] = []
  return { written, out: oneWriteATick((bytes) => void written.push([...bytes])) }
}

test('what one tick says leaves in one write, in order; the next tick has its own', async () => {
  const { written, out } = rig()
  out.write(Uint8Array.of(1))
  out.write(Uint8Array.of(2, 3))
  expect(written).toEqual([])
  await Promise.resolve()
  out.write(Uint8Array.of(4))
  await Promise.resolve()
  expect(written).toEqual([[1, 2, 3], [4]])
})

test('a flush does not wait, and nothing is said twice', async () => {
  const { written, out } = rig()
  out.write(Uint8Array.of(1))
  out.flush()
  expect(written).toEqual([[1]])
  await Promise.resolve()
  expect(written).toEqual([[1]])
})

test('after a cut nothing goes out any more', async () => {
  const { written, out } = rig()
  out.write(Uint8Array.of(1))
  out.drop()
  out.write(Uint8Array.of(2))
  await Promise.resolve()
  expect(written).toEqual([])
})

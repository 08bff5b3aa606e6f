// Passwords: Argon2id with the named parameters, a salt of its own each, bounded.
import { argon2Passwords, systemEntropy } from '@tillgate/gateway'
import { expect, test } from 'vitest'

const passwords = argon2Passwords(systemEntropy)

test('a password opens its own hash and no other, and the hash names its cost', async () => {
  const hash = await passwords.hash('correct horse battery')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.verify('correct horse battery', hash)).toBe(true)
  expect(await passwords.verify('correct horse batterx', hash)).toBe(false)
  expect(await passwords.hash('correct horse battery')).not.toBe(hash)
})

test('without a hash the answer is no, whatever the password', async () => {
  expect(await passwords.verify('anything at all', undefined)).toBe(false)
})

test('beyond what may wait it refuses instead of piling up', async () => {
  const answers = await Promise.all(Array.from({ length: 80 }, () => passwords.hash('x')))
  expect(answers.filter((one) => one === undefined)).toHaveLength(80 - 2 - 64)
})

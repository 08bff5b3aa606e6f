// Runs around every test file: what it left open fails it, the folders it made go.
import { afterAll } from 'vitest'
import { removeFolders } from './folders.js'
import { watchResources } from './leaks.js'

const watch = watchResources()

// Hooks run last-in first-out, so this one comes after all of the file's own.
afterAll(async () => {
  try {
    await watch.assertNothingLeft()
  } finally {
    watch.end()
    removeFolders()
  }
})

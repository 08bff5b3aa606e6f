// Removes what the build made, everywhere: `npm run clean`.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const built = ['protocol', 'protocol/node', 'gateway', 'device-sim', 'admin-api', 'test']

for (const folder of built) rmSync(join(root, folder, 'dist'), { recursive: true, force: true })
rmSync(join(root, 'coverage'), { recursive: true, force: true })

// Tests the adapter. Run it with Node.js 22.18 or later: npm run build && node --test examples/custom-storage/
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { storageConformance } from 'fast-auth/conformance'
import { jsonLinesStorage } from './json-lines-storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'json-lines-'))
after(() => rmSync(folder, { recursive: true }))

storageConformance(
  test,
  async () => {
    const file = join(folder, randomUUID())
    return { file, storage: jsonLinesStorage({ file }) }
  },
  // Simulates a crash: the storage is never closed, and its file is opened again.
  { crash: async ({ file }) => jsonLinesStorage({ file }) },
)

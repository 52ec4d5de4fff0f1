import { join } from 'node:path'
import t from 'tap'
import { conformanceTitlesNeeding, storageConformance } from '../../lib/conformance/index.js'
import { only } from '../conformance/fixtures/only.js'
import { killableStorage } from './fixtures/killable-storage.js'

t.test('acknowledged writes of the SQLite storage survive kill -9', async t => {
  const file = join(t.testdir(), 'killed.db')
  const opening = { module: 'dist/lib/engines/sqlite.js', name: 'sqliteStorage', options: { file } }
  const killable = killableStorage(t, opening)
  storageConformance(t.test, async () => ({ storage: killable.storage }), {
    ...only(conformanceTitlesNeeding.crash),
    crash: () => killable.kill(),
  })
})

import t from 'tap'
import { conformanceTitlesNeeding, storageConformance } from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { networked } from './fixtures/networked.js'
import { only } from './fixtures/only.js'

t.test('a storage whose connection is cut, and that connects again, keeps the contract', async t => {
  storageConformance(t.test, async () => networked(memoryStorage()), {
    ...only(conformanceTitlesNeeding.cut),
    cut: ({ cut }) => cut(),
  })
})

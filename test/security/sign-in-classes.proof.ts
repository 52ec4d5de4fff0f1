import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { recordHashing } from '../hashing/fixtures/hashing-work.js'
import { importedHashes, importUser } from '../support/imported-user.js'
import { pepper } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const password = 'incorrect horse'

/** The least time that a wrong password has to cost, for any account. */
const chosen = {
  'bcrypt:10': ['bcrypt 10'],
  argon2id: ['argon2id 19456 2'],
  scrypt: ['scrypt'],
} as const

/** bcrypt in rounds: 2^8 of them and decoys of 2^8 and 2^9 are 2^10. */
function inRounds(work: readonly string[]): string[] {
  const rounds = work.filter(hash => hash.startsWith('bcrypt')).map(hash => 2 ** Number(hash.slice('bcrypt '.length)))
  const sum = Math.log2(rounds.reduce((all, each) => all + each, 0))
  return [...work.filter(hash => !hash.startsWith('bcrypt')), ...(Number.isInteger(sum) ? [`bcrypt ${sum}`] : [])]
}

for (const [hasher, least] of Object.entries(chosen)) {
  t.test(
    `with ${hasher}, a wrong password runs at least one new hash, whatever is stored, and looks the same`,
    async t => {
      const storage = memoryStorage()
      const options = {
        storage,
        usernames: true,
        passwords: { hasher: hasher as keyof typeof chosen, pepper: [pepper] },
      }
      const { app, calls } = await testApplication(t, { options })
      const signUp = { email: 'current@example.com', password: 'correct horse battery' }
      await app.inject({ method: 'POST', url: '/auth/sign-up', payload: { ...signUp, username: 'current' } })
      for (const [index, stored] of Object.values(importedHashes).entries()) {
        await importUser(storage, `imported-${index}@example.com`, stored)
      }
      await importUser(storage, 'unreadable@example.com', '$1$not-known')
      await importUser(storage, 'unpeppered@example.com', '$pepper$k=AAAAAAAA$2b$10$whatever')
      const creation = await app.fastAuth.createUser({ ...signUp, email: 'disabled@example.com' })
      if (creation.outcome === 'created') await app.fastAuth.disableUser(creation.user.id)
      const imported = Object.keys(importedHashes).map((_, index) => `imported-${index}`)

      const work = recordHashing(t)
      const attemptAs = async (identity: object) => {
        calls.length = 0
        const payload = { ...identity, password }
        const answer = visible(await app.inject({ method: 'POST', url: '/auth/sign-in', payload }))
        return { answer, calls: [...calls], hashes: work() }
      }
      const attempt = (name: string) => attemptAs({ email: `${name}@example.com` })
      const unknown = await attempt('unknown')
      t.same(unknown.hashes, least)
      t.hasStrict(unknown, { answer: { statusCode: 401 }, calls: ['users.findByEmail'] })
      for (const name of ['current', 'disabled', 'unreadable', 'unpeppered', ...imported]) {
        const { answer, calls, hashes } = await attempt(name)
        t.strictSame({ answer, calls }, { answer: unknown.answer, calls: unknown.calls }, name)
        for (const hash of least) t.ok(inRounds(hashes).includes(hash), `${name}: ${hashes.join(', ')}`)
      }
      t.same((await attempt('current')).hashes, least)
      const nameless = await attemptAs({ username: 'unknown' })
      t.same(nameless, { answer: unknown.answer, calls: ['users.findByUsername'], hashes: least })
      t.same(await attemptAs({ username: 'current' }), nameless)
    },
  )
}

import t from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { secret } from '../support/secret.js'

const development = { isProduction: false }
const least = { secrets: [secret], storage: memoryStorage() }

t.test('lifetimes may be equal', async t => {
  const equal = { accessTokenLifetimeSeconds: 60, sessionIdleLifetimeSeconds: 60, sessionLifetimeSeconds: 60 }
  t.hasStrict(resolveOptions({ ...least, ...equal }, development), equal)
})

t.test('as many as 16 secrets make a ring', async t => {
  const secrets = Array.from({ length: 16 }, (_, index) => `${index} ${secret}`)
  t.same(resolveOptions({ ...least, secrets }, development).secrets, secrets)
})

t.test('each number may be its least and its greatest', async t => {
  const bounds = {
    accessTokenLifetimeSeconds: [5, 86_400],
    rememberedAccessTokens: [0, 1_000_000],
    sessionIdleLifetimeSeconds: [60, 34_560_000],
    sessionLifetimeSeconds: [60, 34_560_000],
    maximumSessionsPerUser: [1, 1000],
    refreshGraceSeconds: [0, 60],
    storageTimeoutSeconds: [0.1, 60],
    bodyTimeoutSeconds: [0.1, 300],
  }
  const wide = { ...least, accessTokenLifetimeSeconds: 5, sessionIdleLifetimeSeconds: 60 }
  for (const [name, values] of Object.entries(bounds)) {
    for (const value of values) {
      const longest = { sessionIdleLifetimeSeconds: 34_560_000, sessionLifetimeSeconds: 34_560_000 }
      const options = { ...wide, ...(value > 60 ? longest : {}), [name]: value }
      t.equal(Reflect.get(resolveOptions(options, development), name), value, `${name} ${value}`)
    }
  }
  for (const passwords of [
    { minimumLength: 8, hasher: 'bcrypt:10', hashingConcurrency: 1, hashingQueueLimit: 0 },
    { minimumLength: 64, hasher: 'bcrypt:16', hashingConcurrency: 128, hashingQueueLimit: 10_000 },
  ]) {
    t.hasStrict(resolveOptions({ ...least, passwords }, development).passwords, passwords)
  }
})

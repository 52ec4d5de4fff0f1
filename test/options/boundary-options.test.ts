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

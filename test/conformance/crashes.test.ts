import t from 'tap'
import type { Storage, UserRecord } from '../../lib/composition/storage.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { failureOf } from './fixtures/failure-of.js'

t.test('a storage that loses completed calls in a crash fails at the case for it', async t => {
  const title = 'crash: completed methods of sessions survive a crash'
  const failure = await failureOf(title, { storage: memoryStorage() }, { crash: async () => memoryStorage() })
  t.match(failure, /^A completed call of sessions.open survives a crash: the storage answered "stale"/)
})

t.test('a storage that loses half of a sign-up in a crash fails at the case for it', async t => {
  const { users, ...rest } = memoryStorage()
  const created: UserRecord[] = []
  const create: Storage['users']['create'] = request => {
    created.push(request.user)
    return users.create(request)
  }
  const crash = async () => {
    const reopened = memoryStorage()
    for (const user of created) await reopened.users.create(signUpOf(user))
    return reopened
  }
  const title = 'crash: a sign-up that a crash interrupts is stored completely or not at all'
  const failure = await failureOf(title, { storage: { ...rest, users: { ...users, create } } }, { crash })
  t.match(failure, /^An acknowledged sign-up is stored completely \(user, session, token, message\)/)
})

import t from 'tap'
import type { CreateUser, Storage, UserCreation } from '../../lib/composition/storage.js'
import { conformanceTitlesNeeding, storageConformance } from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { failureOf } from './fixtures/failure-of.js'
import { type Networked, networked } from './fixtures/networked.js'
import { only } from './fixtures/only.js'

t.test('a storage whose connection is cut, and that connects again, keeps the contract', async t => {
  storageConformance(t.test, async () => networked(memoryStorage()), {
    ...only(conformanceTitlesNeeding.cut),
    cut: ({ cut }) => cut(),
  })
})

/** A storage behind a network, and another way to sign users up there. */
function signingUp(create: (storage: Storage, request: CreateUser) => Promise<UserCreation>): Networked {
  const { storage, cut } = networked(memoryStorage())
  return { cut, storage: { ...storage, users: { ...storage.users, create: request => create(storage, request) } } }
}

const cut = (subject: Networked) => subject.cut()

t.test('a storage that signs users up in two steps fails at the case for it', async t => {
  const subject = signingUp(async ({ users, sessions }, request) => {
    const { user, session } = request
    const creation = await users.create({ ...request, session: null })
    if (session !== null && user.passwordHash !== null)
      await sessions.open({ session, proofs: [{ kind: 'password', hash: user.passwordHash }], maximumPerUser: 100 })
    return creation
  })
  const title = 'fault: an interrupted sign-up is stored completely or not at all'
  t.match(await failureOf(title, subject, { cut }), /^An interrupted sign-up is stored completely or not at all/)
})

t.test('a storage that answers before it has written fails at the case for it', async t => {
  const subject = signingUp(async ({ users }, request) => {
    users.create(request).catch(() => undefined)
    return { outcome: 'created' }
  })
  const title = 'fault: users.create that is interrupted and retried takes effect once'
  t.match(
    await failureOf(title, subject, { cut }),
    /the storage answered "created", the contract asks for "emailTaken"/,
  )
})

t.test('a storage that never connects again fails at every case with a cut', async t => {
  const subject = networked(memoryStorage())
  const title = 'fault: sessions.revoke that is interrupted and retried takes effect once'
  const forever = async () => {
    const cutting = setInterval(() => subject.cut(), 1)
    t.teardown(() => clearInterval(cutting))
  }
  t.match(await failureOf(title, subject, { cut: forever }), /the storage never answered again/)
})

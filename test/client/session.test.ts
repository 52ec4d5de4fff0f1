import t from 'tap'
import { ada, clientApp } from './fixtures/client-app.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'

t.test('a session is the same object until something changes', async t => {
  const { signedUp } = await clientApp(t)
  const client = await signedUp()
  const before = client.session
  t.match(before, { status: 'signed-in', user: { email: ada.email }, expiresAt: String })
  await client.getMe()
  t.equal(client.session, before)
})

t.test(
  'listeners hear of changes, until they listen no more, and the fault of one is no concern of the others',
  async t => {
    const { client } = await clientApp(t)
    const made = client()
    const heard: string[] = []
    const reported: unknown[] = []
    const original = globalThis.queueMicrotask
    t.teardown(() => {
      globalThis.queueMicrotask = original
    })
    globalThis.queueMicrotask = report => {
      try {
        report()
      } catch (error) {
        reported.push(error)
      }
    }
    made.subscribe(() => {
      throw new Error('a faulty listener')
    })
    const listener = () => heard.push(made.session.status)
    const stop = made.subscribe(listener)
    const stopAgain = made.subscribe(listener)
    await made.signUp(ada)
    t.same(heard, ['signed-in', 'signed-in'])
    t.match(reported, [{ message: 'a faulty listener' }])
    stop()
    await made.signOut()
    stopAgain()
    await made.signIn(ada)
    t.same(heard, ['signed-in', 'signed-in', 'signed-out'])
  },
)

t.test('a listener may call the client while it refreshes', async t => {
  const { expired } = await clientApp(t)
  const client = await expired()
  const answers: Promise<unknown>[] = []
  client.subscribe(() => answers.push(client.fetch('/hello').then(({ status }) => status)))
  t.equal((await client.fetch('/hello')).status, 200)
  t.same(await Promise.all(answers), [200])
})

t.test('an update of the user is seen, a deletion is the end', async t => {
  const { signedUp } = await clientApp(t, { options: { usernames: true } })
  const client = await signedUp()
  const { expiresAt } = client.session
  await client.updateMe({ username: 'ada' })
  t.hasStrict(client.session, { user: { username: 'ada' }, expiresAt })
  await client.deleteMe({ password: ada.password })
  t.equal(client.session.status, 'signed-out')
})

t.test('a new password goes on with new tokens', async t => {
  const { signedUp } = await clientApp(t)
  const client = await signedUp({ transport: 'token' })
  const newPassword = 'another horse battery'
  t.equal((await client.changePassword({ currentPassword: ada.password, newPassword })).status, 200)
  t.hasStrict(await client.changePassword({ currentPassword: ada.password, newPassword }), {
    error: { code: 'FAST_AUTH_INVALID_CREDENTIALS' },
  })
  t.equal(client.session.status, 'signed-in', 'a wrong password does not sign the user out')
})

t.test('a request from before a sign-out does not change the session after it', async t => {
  const { signedUp } = await clientApp(t, { options: { usernames: true } })
  const jar = fetchWithJar()
  const released: (() => void)[] = []
  const client = await signedUp({
    fetch: async (input, init) => {
      const response = await jar(input, init)
      if (init?.method !== 'POST') await new Promise<void>(resolve => released.push(resolve))
      return response
    },
  })
  const asked = client.getMe()
  const changed = client.updateMe({ username: 'ada' })
  while (released.length < 2) await new Promise(setImmediate)
  await client.signOut()
  for (const release of released) release()
  await Promise.all([asked, changed])
  t.equal(client.session.status, 'signed-out')
})

t.test('a request of one user is not repeated for another', async t => {
  const { expired, requests, client } = await clientApp(t)
  const jar = fetchWithJar()
  const released: (() => void)[] = []
  const made = await expired({
    fetch: async (input, init) => {
      const response = await jar(input, init)
      if (String(input).endsWith('/refresh')) await new Promise<void>(resolve => released.push(resolve))
      return response
    },
  })
  await client().signUp({ ...ada, email: 'bob@example.com' })
  const asked = made.fetch('/hello')
  while (released.length < 1) await new Promise(setImmediate)
  const signedIn = made.signIn({ ...ada, email: 'bob@example.com' })
  for (const release of released) release()
  t.equal((await asked).status, 200, 'the refresh was first: it is repeated before the other signs in')
  await signedIn
  t.equal(made.session.user?.email, 'bob@example.com')
  t.equal(await (await made.fetch('/hello')).text(), 'Hello, bob@example.com')
  t.ok(requests.includes('POST /auth/sign-in'))
})

import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { importedHashes, importUser } from '../support/imported-user.js'
import { refused } from '../support/refusal.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

async function adasApp(t: Test, { options, ...settings }: TestApplicationSettings = {}) {
  const tested = await testApplication(t, { ...settings, options: { usernames: true, ...options } })
  const signedUp = await signUpUser(tested.app, { ...ada, username: 'ada' })
  const signIn = (payload: object) => tested.app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  return { ...tested, signedUp, signIn }
}

t.test('a user signs in with the user name, in upper or lower case, or with the address', async t => {
  const { signIn, signedUp, calls } = await adasApp(t)
  const { password } = ada
  for (const [identity, method] of [
    [{ username: 'ada' }, 'users.findByUsername'],
    [{ username: 'ADA' }, 'users.findByUsername'],
    [{ email: ada.email }, 'users.findByEmail'],
  ] as const) {
    calls.length = 0
    const answer = await signIn({ ...identity, password })
    t.equal(answer.statusCode, 200)
    t.hasStrict(answer.json().user, { id: signedUp.user.id, username: 'ada' })
    t.same(calls, [method, 'sessions.open'])
  }
})

t.test('a body has either an address or a user name, and a refusal says so', async t => {
  const { signIn, calls } = await adasApp(t)
  calls.length = 0
  for (const identity of [{}, { email: ada.email, username: 'ada' }, { email: ada.email, username: 'grace' }]) {
    const answer = await signIn({ ...identity, password: ada.password })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.hasStrict(answer.json(), {
      message: 'body must have either "email" or "username", and not both',
      validation: [{ instancePath: '', keyword: 'oneOf' }],
    })
  }
  for (const identity of [{ username: null }, { username: 5 }, { username: ['ada'] }, { username: 'x'.repeat(255) }]) {
    refused(t, await signIn({ ...identity, password: ada.password }), 400, 'FST_ERR_VALIDATION')
  }
  t.same(calls, [])
})

t.test('a user name is not accepted as an address, nor an address as a user name', async t => {
  const { signIn } = await adasApp(t)
  refused(t, await signIn({ email: 'ada', password: ada.password }), 400, 'FST_ERR_VALIDATION')
  const answer = await signIn({ username: ada.email, password: ada.password })
  refused(t, answer, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test(
  'the text in the field of the user name is in no event and no line of the log, because it may be a password',
  async t => {
    const log: string[] = []
    const server = { logger: { level: 'trace', stream: { write: (line: string) => void log.push(line) } } } as const
    const { signIn, events } = await adasApp(t, { server })
    events.length = 0
    const typed = 'c4n4ry of another colour'
    refused(t, await signIn({ username: typed, password: ada.password }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'unknown_user', userId: null }])
    t.notMatch(JSON.stringify(events) + log.join(''), 'c4n4ry')
  },
)

t.test('if addresses must be confirmed, an unconfirmed user learns so only after the right password', async t => {
  const storage = memoryStorage()
  const userId = await importUser(storage, ada.email, importedHashes['plain bcrypt 10'])
  await storage.users.updateProfile({ userId, patch: {}, maximumBytes: 9, username: 'ada' })
  const options = { storage, usernames: true, requireEmailConfirmation: true }
  const { post } = await testApplication(t, { mail: true, options })
  const signIn = (password: string) => post('/sign-in', { username: 'ada', password })
  refused(t, await signIn('wrong horse battery'), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  refused(t, await signIn(ada.password), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

t.test('the hook before a sign-in gets the user, with either identifier', async t => {
  const names: (string | null)[] = []
  const hooks = { beforeSignIn: ({ user }: { user: { username: string | null } }) => void names.push(user.username) }
  const { signIn } = await adasApp(t, { options: { hooks } })
  for (const identity of [{ username: 'ada' }, { email: ada.email }])
    await signIn({ ...identity, password: ada.password })
  t.same(names, ['ada', 'ada'])
})

t.test('guesses are counted by user name, and one too many costs no lookup', async t => {
  const { signIn, calls } = await adasApp(t, { options: { limits: { failuresPerAccountPerHour: 2 } } })
  const guess = async (username: string) => (await signIn({ username, password: 'incorrect horse' })).statusCode
  t.same([await guess('ada'), await guess('ADA')], [401, 401])
  calls.length = 0
  t.equal(await guess('ada'), 429)
  t.same(calls, [])
  t.equal(await guess('grace'), 401)
})

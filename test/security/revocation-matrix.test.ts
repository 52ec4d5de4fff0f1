import t from 'tap'
import { memoryStorage } from '../../lib/storage/memory/index.js'
import { ada, bearer, signUpForTokens, type TokenPair } from '../support/account.js'
import { adapters } from '../support/adapters.js'
import { mailApp } from '../support/mail-app.js'
import { credentials, type EverythingOfAda, everythingOfAda } from './fixtures/everything-of-ada.js'

t.setTimeout(300_000)

/** What is good (+) and what is not any more (-), after what each column is about. */
const matrix = `
                       nothing  sign-out  one  others  password  reset  first-reset  change  reuse  deletion  all  disabling
caller: access token      +        -       +     +        +        -         -         +       +       -       -      -
caller: session           +        -       +     +        +        -         -         +       +       -       -      -
caller: refresh token     +        -       +     +        -        -         -         +       +       -       -      -
other: access token       +        +       -     -        -        -         -         -       -       -       -      -
other: refresh token      +        +       -     -        -        -         -         -       -       -       -      -
other: session            +        +       -     -        -        -         -         -       -       -       -      -
API key                   +        +       +     +        +        +         -         +       +       -       +      -
pending confirmation      +        +       +     +        +        -         -         -       +       -       +      -
pending reset             +        +       +     +        -        -         -         -       +       -       +      -
pending change            +        +       +     +        -        -         -         -       +       -       -      -
`

const newPassword = 'a horse of another colour'

interface Ending {
  readonly title: string
  /** Whether Ada had proven the address. */
  readonly proven: boolean
  /** @returns what shows that it was done. */
  act(ada: EverythingOfAda): Promise<unknown>
}

const asCaller = ({ app, caller }: EverythingOfAda, method: 'POST' | 'DELETE', path: string, payload?: object) =>
  app
    .inject({ method, url: `/auth${path}`, headers: bearer(caller.accessToken), ...(payload && { payload }) })
    .then(({ statusCode }) => statusCode)

const endings: Readonly<Record<string, Ending>> = {
  nothing: { title: 'before anything happens', proven: true, act: async () => 200 },
  'sign-out': { title: 'after a sign-out', proven: true, act: all => asCaller(all, 'POST', '/sign-out', {}) },
  one: {
    title: 'after another session was ended',
    proven: true,
    act: all => asCaller(all, 'DELETE', `/sessions/${all.other.session.id}`),
  },
  others: {
    title: 'after all other sessions were ended',
    proven: true,
    act: all => asCaller(all, 'DELETE', '/sessions'),
  },
  password: {
    title: 'after a password change',
    proven: true,
    act: all => asCaller(all, 'POST', '/password/change', { currentPassword: ada.password, newPassword }),
  },
  reset: { title: 'after a password reset', proven: true, act: resetPassword },
  'first-reset': { title: 'after a password reset that proves the address', proven: false, act: resetPassword },
  change: {
    title: 'after an address change',
    proven: true,
    act: async ({ post, change }) =>
      (await post('/email/change/confirm', { token: change, password: ada.password })).statusCode,
  },
  reuse: {
    title: 'after an old refresh token of the other session was presented',
    proven: true,
    async act({ post, advance, other: { refreshToken } }) {
      await post('/refresh', { refreshToken })
      advance(11)
      const { statusCode } = await post('/refresh', { refreshToken })
      return statusCode === 401 ? 204 : statusCode
    },
  },
  deletion: {
    title: 'after the account is deleted',
    proven: true,
    act: all => asCaller(all, 'DELETE', '/me', { password: ada.password }),
  },
  all: {
    title: 'after the server has ended all sessions',
    proven: true,
    act: async ({ app, caller }) => ((await app.fastAuth.endSessions(caller.user.id)).outcome === 'ended' ? 204 : 500),
  },
  disabling: {
    title: 'after the user was disabled',
    proven: true,
    act: async ({ app, caller }) =>
      (await app.fastAuth.disableUser(caller.user.id)).outcome === 'disabled' ? 204 : 500,
  },
}

async function resetPassword({ post, reset }: EverythingOfAda): Promise<number> {
  return (await post('/password/reset', { token: reset, password: newPassword })).statusCode
}

const [head = '', ...lines] = matrix.trim().split('\n')
const columns = head.trim().split(/\s+/)
/** By the names of the rows, a mark for each column. */
const marks = new Map(lines.map(line => [line.slice(0, 22).trim(), line.slice(22).trim().split(/\s+/)]))

t.test('the matrix has a mark for each credential and each ending', async t => {
  t.strictSame([...marks.keys()].sort(), [...credentials].sort())
  t.strictSame(columns, Object.keys(endings))
  for (const row of marks.values()) t.equal(row.filter(mark => mark === '+' || mark === '-').length, columns.length)
})

for (const { name, missing, open } of adapters) {
  for (const [column, { title, proven, act }] of Object.values(endings).entries()) {
    t.test(`in ${name}, ${title}, each credential is worth what the matrix says`, { skip: missing }, async t => {
      const { storage } = await open(t)
      const all = await everythingOfAda(t, storage, proven)
      t.ok([200, 204].includes(Number(await act(all))), 'it has happened')
      for (const credential of credentials) {
        t.equal(await all.isGood(credential), marks.get(credential)?.[column] === '+', credential)
      }
    })
  }
}

t.test(
  'the tokens that a password change answers with are good, while the access token before it lives out its time',
  async t => {
    const { app, post, advance } = await mailApp(t)
    const before = await signUpForTokens(app)
    const passwords = { currentPassword: ada.password, newPassword: 'a horse of another colour' }
    const after = (await post('/password/change', passwords, bearer(before.accessToken))).json<TokenPair>()
    const me = async ({ accessToken }: TokenPair) =>
      (await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode
    t.strictSame([await me(before), await me(after)], [200, 200])
    advance(900)
    t.strictSame([await me(before), await me(after)], [401, 401])
    t.equal((await post('/refresh', { refreshToken: after.refreshToken })).statusCode, 200)
  },
)

t.test('of what ended with a disabling, enabling brings back the API key and the confirmation alone', async t => {
  const { app, caller, isGood } = await everythingOfAda(t, memoryStorage(), true)
  await app.fastAuth.disableUser(caller.user.id)
  await app.fastAuth.enableUser(caller.user.id)
  const good = ['API key', 'pending confirmation']
  for (const credential of credentials) t.equal(await isGood(credential), good.includes(credential), credential)
})

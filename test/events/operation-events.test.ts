import t, { type Test } from 'tap'
import type { AuthEvent } from '../../lib/index.js'
import { ada, bearer, signInForTokens, signUpForTokens, type TokenPair } from '../support/account.js'
import { type MailApp, mailApp } from '../support/mail-app.js'

interface Scene extends MailApp {
  readonly tokens: TokenPair
  /** Asks as Ada, who is signed in. */
  ask(method: 'POST' | 'DELETE', path: string, payload?: object): Promise<{ json(): { id: string; key: string } }>
}

/** What is done, after what was done before it, and all that is told of it, in order: the name, and the reason. */
interface Row {
  readonly operation: string
  before?(scene: Scene): Promise<unknown>
  act(scene: Scene, before: unknown): Promise<unknown>
  readonly events: readonly string[]
}

const wrong = { password: 'incorrect horse' }
const newPassword = 'a different battery'
const ben = { ...ada, email: 'ben@example.com' }

async function makeKey({ ask }: Scene) {
  return (await ask('POST', '/api-keys', { name: 'deploy' })).json()
}

function secondSession({ app }: Scene): Promise<TokenPair> {
  return signInForTokens(app)
}

async function mailedReset({ post, tokenTo }: Scene): Promise<string> {
  await post('/password/forgot', { email: ada.email })
  return tokenTo(ada.email, 'resetPassword')
}

async function mailedChange({ ask, tokenTo }: Scene): Promise<string> {
  await ask('POST', '/email/change', { email: 'new@example.com', password: ada.password })
  return tokenTo('new@example.com', 'changeEmail')
}

const rows: readonly Row[] = [
  { operation: 'signUp', act: ({ post }) => post('/sign-up', ben), events: ['user_created', 'authn_login_success'] },
  { operation: 'signUp, of a taken address', act: ({ post }) => post('/sign-up', ada), events: [] },
  { operation: 'signIn', act: ({ post }) => post('/sign-in', ada), events: ['authn_login_success'] },
  {
    operation: 'signIn, with a wrong password',
    act: ({ post }) => post('/sign-in', { ...ada, ...wrong }),
    events: ['authn_login_fail wrong_password'],
  },
  {
    operation: 'signIn, of nobody',
    act: ({ post }) => post('/sign-in', ben),
    events: ['authn_login_fail unknown_user'],
  },
  {
    operation: 'refreshSession',
    act: ({ post, tokens: { refreshToken } }) => post('/refresh', { refreshToken }),
    events: ['session_renewed'],
  },
  {
    operation: 'refreshSession, repeated in time',
    before: ({ post, tokens: { refreshToken } }) => post('/refresh', { refreshToken }),
    act: ({ post, tokens: { refreshToken } }) => post('/refresh', { refreshToken }),
    events: [],
  },
  {
    operation: 'refreshSession, with a copied token',
    async before({ post, advance, tokens: { refreshToken } }) {
      await post('/refresh', { refreshToken })
      advance(11)
    },
    act: ({ post, tokens: { refreshToken } }) => post('/refresh', { refreshToken }),
    events: ['authn_token_reuse'],
  },
  { operation: 'signOut', act: ({ ask }) => ask('POST', '/sign-out', {}), events: ['authn_token_revoked sign_out'] },
  {
    operation: 'revokeSession',
    before: secondSession,
    act: ({ ask }, other) => ask('DELETE', `/sessions/${(other as TokenPair).session.id}`),
    events: ['authn_token_revoked revoked'],
  },
  {
    operation: 'revokeOtherSessions',
    async before(scene) {
      await secondSession(scene)
      await secondSession(scene)
    },
    act: ({ ask }) => ask('DELETE', '/sessions'),
    events: ['authn_token_revoked revoked', 'authn_token_revoked revoked'],
  },
  {
    operation: 'changePassword',
    before: secondSession,
    act: ({ ask }) => ask('POST', '/password/change', { currentPassword: ada.password, newPassword }),
    events: ['authn_password_change password_changed', 'authn_token_revoked password_changed'],
  },
  {
    operation: 'deleteMe',
    before: secondSession,
    act: ({ ask }) => ask('DELETE', '/me', { password: ada.password }),
    events: ['user_deleted', 'authn_token_revoked user_deleted', 'authn_token_revoked user_deleted'],
  },
  {
    operation: 'deleteMe, with a wrong password',
    act: ({ ask }) => ask('DELETE', '/me', { password: wrong.password }),
    events: ['authn_login_fail wrong_password'],
  },
  {
    operation: 'changePassword, with a wrong one',
    act: ({ ask }) => ask('POST', '/password/change', { currentPassword: wrong.password, newPassword }),
    events: ['authn_login_fail wrong_password'],
  },
  {
    operation: 'confirmEmail',
    before: ({ tokenTo }) => tokenTo(ada.email, 'confirmEmail'),
    act: ({ post }, token) => post('/email/confirm', { token }),
    events: ['user_updated email_confirmed'],
  },
  {
    operation: 'requestEmailChange',
    act: ({ ask }) => ask('POST', '/email/change', { email: 'new@example.com', password: ada.password }),
    events: ['user_updated email_change_requested'],
  },
  {
    operation: 'requestEmailChange, with a wrong password',
    act: ({ ask }) => ask('POST', '/email/change', { email: 'new@example.com', ...wrong }),
    events: ['authn_login_fail wrong_password'],
  },
  {
    operation: 'confirmEmailChange',
    async before(scene) {
      await secondSession(scene)
      return mailedChange(scene)
    },
    act: ({ post }, token) => post('/email/change/confirm', { token }),
    events: ['user_updated email_changed', 'authn_token_revoked email_changed'],
  },
  {
    operation: 'requestPasswordReset',
    act: ({ post }) => post('/password/forgot', { email: ada.email }),
    events: [],
  },
  {
    operation: 'resetPassword, of an address that was never proven',
    async before(scene) {
      await makeKey(scene)
      return mailedReset(scene)
    },
    act: ({ post }, token) => post('/password/reset', { token, password: newPassword }),
    events: [
      'authn_password_change password_reset',
      'authn_token_revoked password_reset',
      'authn_token_revoked password_reset',
    ],
  },
  { operation: 'createApiKey', act: makeKey, events: ['authn_token_created'] },
  {
    operation: 'rollApiKey',
    before: makeKey,
    act: ({ ask }, made) => ask('POST', `/api-keys/${(made as { id: string }).id}/roll`, {}),
    events: ['authn_token_created rolled', 'authn_token_revoked rolled'],
  },
  {
    operation: 'deleteApiKey',
    before: makeKey,
    act: ({ ask }, made) => ask('DELETE', `/api-keys/${(made as { id: string }).id}`),
    events: ['authn_token_delete'],
  },
  {
    operation: 'app.fastAuth.revokeApiKey',
    before: makeKey,
    act: ({ app }, made) => app.fastAuth.revokeApiKey((made as { key: string }).key),
    events: ['authn_token_revoked revoked'],
  },
]

const adaIs = ({ tokens }: Scene) => tokens.user.id

const administration: readonly Row[] = [
  {
    operation: 'app.fastAuth.createUser',
    act: ({ app }) => app.fastAuth.createUser(ben),
    events: ['user_created'],
  },
  {
    operation: 'app.fastAuth.disableUser',
    before: secondSession,
    act: scene => scene.app.fastAuth.disableUser(adaIs(scene)),
    events: ['user_disabled', 'authn_token_revoked user_disabled', 'authn_token_revoked user_disabled'],
  },
  {
    operation: 'app.fastAuth.enableUser',
    before: scene => scene.app.fastAuth.disableUser(adaIs(scene)),
    act: scene => scene.app.fastAuth.enableUser(adaIs(scene)),
    events: ['user_enabled'],
  },
  {
    operation: 'signIn, of a disabled user',
    before: scene => scene.app.fastAuth.disableUser(adaIs(scene)),
    act: ({ post }) => post('/sign-in', ada),
    events: ['authn_login_fail user_disabled'],
  },
  {
    operation: 'app.fastAuth.deleteUser',
    act: scene => scene.app.fastAuth.deleteUser(adaIs(scene)),
    events: ['user_deleted', 'authn_token_revoked user_deleted'],
  },
  {
    operation: 'app.fastAuth.endSessions',
    act: scene => scene.app.fastAuth.endSessions(adaIs(scene)),
    events: ['authn_token_revoked revoked'],
  },
  {
    operation: 'app.fastAuth.confirmUserEmail',
    act: scene => scene.app.fastAuth.confirmUserEmail(adaIs(scene), ada.email),
    events: ['user_updated email_confirmed'],
  },
]

async function setScene(t: Test): Promise<Scene> {
  const mail = await mailApp(t, { options: { auditLog: true } })
  const tokens = await signUpForTokens(mail.app)
  const headers = bearer(tokens.accessToken)
  return {
    ...mail,
    tokens,
    ask: (method, path, payload) =>
      mail.app.inject({ method, url: `/auth${path}`, headers, ...(payload === undefined ? {} : { payload }) }),
  }
}

for (const { operation, before, act, events: expected } of [...rows, ...administration]) {
  t.test(`${operation} tells of ${expected.length === 0 ? 'nothing' : expected.join(', ')}, once`, async t => {
    const scene = await setScene(t)
    const prepared = await before?.(scene)
    const { fastAuth } = scene.app
    const kept = (await fastAuth.listEvents()).length
    scene.events.length = 0
    await act(scene, prepared)
    const told = ({ name, reason }: AuthEvent) => (reason === undefined ? name : `${name} ${reason}`)
    t.strictSame(scene.events.map(told), expected)
    const newest = await fastAuth.listEvents()
    t.strictSame(
      newest
        .slice(0, newest.length - kept)
        .reverse()
        .map(told),
      expected,
      'so does the audit log',
    )
  })
}

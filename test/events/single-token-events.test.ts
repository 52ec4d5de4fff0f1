import t from 'tap'
import { ada, bearer } from '../support/account.js'
import { type MailApplication, testApplication } from '../support/test-application.js'
import type { TestSignIn } from '../support/test-sign-in.js'

interface Row {
  readonly operation: string
  before?(tested: MailApplication & TestSignIn): Promise<unknown>
  act(tested: MailApplication & TestSignIn): Promise<unknown>
  readonly events: readonly string[]
}

const payload = { ...ada, transport: 'token' }
const passwords = { currentPassword: ada.password, newPassword: 'a different battery' }

const everywhere: readonly Row[] = [
  { operation: 'signIn', act: ({ post }) => post('/sign-in', payload), events: ['authn_login_success'] },
  {
    operation: 'signUp',
    act: ({ post }) => post('/sign-up', { ...payload, email: 'ben@example.com' }),
    events: ['user_created', 'authn_login_success'],
  },
  {
    operation: 'signOut',
    act: ({ post, accessToken }) => post('/sign-out', undefined, bearer(accessToken)),
    events: ['authn_token_revoked sign_out'],
  },
  {
    operation: 'changePassword',
    before: ({ post }) => post('/sign-in', payload),
    act: ({ post, accessToken }) => post('/password/change', passwords, bearer(accessToken)),
    events: ['authn_password_change password_changed', 'authn_token_revoked password_changed'],
  },
]

const rows: Readonly<Record<'access-only' | 'sliding', readonly Row[]>> = {
  'access-only': [
    ...everywhere,
    { operation: 'a refresh, which there is not', act: ({ refresh, accessToken }) => refresh(accessToken), events: [] },
  ],
  sliding: [
    ...everywhere,
    {
      operation: 'refreshSession',
      act: ({ refresh, accessToken }) => refresh(accessToken),
      events: ['session_renewed'],
    },
    {
      operation: 'refreshSession, repeated in time',
      before: ({ refresh, accessToken }) => refresh(accessToken),
      act: ({ refresh, accessToken }) => refresh(accessToken),
      events: [],
    },
    {
      operation: 'refreshSession, with a copied token',
      async before({ refresh, accessToken, advance }) {
        await refresh(accessToken)
        advance(11)
      },
      act: ({ refresh, accessToken }) => refresh(accessToken),
      events: ['authn_token_reuse'],
    },
    {
      operation: 'refreshSession, with an expired token',
      before: async ({ advance }) => advance(900),
      act: ({ refresh, accessToken }) => refresh(accessToken),
      events: [],
    },
  ],
}

for (const tokenMode of ['access-only', 'sliding'] as const) {
  for (const { operation, before, act, events: expected } of rows[tokenMode]) {
    const names = expected.length === 0 ? 'nothing' : expected.join(', ')
    t.test(`${tokenMode}: ${operation} emits ${names}, once`, async t => {
      const tested = await testApplication(t, { mail: true, signedIn: true, options: { tokenMode } })
      await before?.(tested)
      tested.events.length = 0
      await act(tested)
      t.strictSame(
        tested.events.map(({ name, reason }) => (reason === undefined ? name : `${name} ${reason}`)),
        expected,
      )
    })
  }
}

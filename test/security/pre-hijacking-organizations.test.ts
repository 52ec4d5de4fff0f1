import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { codeClient } from '../support/code-application.js'
import { adaThere, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { expected } from './fixtures/organization-world.js'

const accomplice = 'accomplice@example.com'

type Application = Awaited<ReturnType<typeof providerApplication>>

/** How the owner of the address takes the account. */
const ways: Readonly<Record<string, (application: Application) => Promise<unknown>>> = {
  async 'resets the password'({ post, tokenTo }) {
    await post('/password/forgot', { email: ada.email })
    const token = await tokenTo(ada.email, 'resetPassword')
    return expected(await post('/password/reset', { token, password: 'chosen by the victim' }), 204)
  },
  async 'signs in with a mailed code'(application) {
    const client = codeClient(application)
    return expected(await client.use(await client.request()), 200)
  },
  'signs in at a provider': async ({ browser }) => browser().signIn(adaThere),
}

for (const [way, take] of Object.entries(ways))
  t.test(`the invitations of an attacker who signed up first end when the owner of the address ${way}`, async t => {
    const application = await providerApplication(t, { options: { organizations: {}, emailSignIn: {} } })
    const { app, post, tokenTo } = application
    const attacker = await application.ada({ isConfirmed: false })
    const { id } = expected(await attacker.post('/organizations', { name: 'Engines' }), 201).json()
    const invited = await attacker.post(`/organizations/${id}/invitations`, { email: accomplice, role: 'owner' })
    expected(invited, 202)
    const token = await tokenTo(accomplice, 'invitation')
    t.equal((await post('/invitations/preview', { token })).statusCode, 200)

    await take(application)
    t.equal(await attacker.user(), null)
    const { accessToken, refreshToken } = await signUpForTokens(app, { ...ada, email: accomplice })
    const acceptance = await post('/invitations/accept', { token, refreshToken }, bearer(accessToken))
    refused(t, acceptance, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  })

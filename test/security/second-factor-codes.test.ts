import t from 'tap'
import { signUpUser, totpCode } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const invalid = 'FAST_AUTH_SECOND_FACTOR_INVALID'
const ben = { email: 'ben@example.com', password: 'another horse battery' }

t.test('a code that an attacker has read over a shoulder is not accepted again, in any step of the window', async t => {
  const { signIn, code, advance, session } = await protectedApplication(t)
  const { send } = await session()
  advance(30)
  const seen = code()
  t.equal((await signIn({ code: seen })).statusCode, 200)
  for (const seconds of [0, 29, 1, 29]) {
    advance(seconds)
    refused(t, await signIn({ code: seen }), 401, invalid)
    refused(t, await send('POST', '/reauthenticate', { code: seen }), 401, invalid)
  }
})

t.test('a code that proved a session is not accepted at a sign-in', async t => {
  const { signIn, nextCode, session } = await protectedApplication(t)
  const { send } = await session()
  const code = nextCode()
  t.equal((await send('POST', '/reauthenticate', { code })).statusCode, 200)
  refused(t, await signIn({ code }), 401, invalid)
})

t.test('an earlier code is not accepted after a later one', async t => {
  const { signIn, secret, now, advance } = await protectedApplication(t)
  advance(60)
  t.equal((await signIn({ code: totpCode(secret, now()) })).statusCode, 200)
  refused(t, await signIn({ code: totpCode(secret, now() - 30_000) }), 401, invalid)
})

t.test('the code of the enrolment does not sign in', async t => {
  const { signIn, secret } = await protectedApplication(t)
  refused(t, await signIn({ code: totpCode(secret, noon) }), 401, invalid)
})

for (const [kind, fieldsOf] of [
  ['code', ({ code }: { code(): string }) => ({ code: code() })],
  ['recovery code', ({ recoveryCodes }: { recoveryCodes: readonly string[] }) => ({ recoveryCode: recoveryCodes[0] })],
] as const) {
  t.test(`of many concurrent uses of one ${kind}, one signs in`, async t => {
    const application = await protectedApplication(t)
    const { begin, complete } = application
    const fields = fieldsOf(application)
    const tokens = await Promise.all(Array.from({ length: 8 }, async () => (await begin()).json().signInToken))
    const answers = await Promise.all(tokens.map(signInToken => complete({ signInToken, ...fields })))
    t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [200, ...Array(7).fill(401)])
    for (const answer of answers.filter(({ statusCode }) => statusCode === 401)) refused(t, answer, 401, invalid)
  })
}

t.test('the codes of one user are of no use to another (CVE-2026-31875)', async t => {
  const { app, advance, post } = await testApplication(t, { options: { secondFactor: 'offered' } })
  const setUp = async (account: typeof ben) => {
    const { inject } = await signUpUser(app, account)
    const { secret } = (await inject({ method: 'POST', url: '/auth/second-factor/totp' })).json()
    const payload = { code: totpCode(secret, noon) }
    const url = '/auth/second-factor/totp/confirm'
    const { recoveryCodes } = (await inject({ method: 'POST', url, payload })).json()
    return { secret, recoveryCodes }
  }
  const [ofAda, ofBen] = [await setUp(ada), await setUp(ben)]
  advance(30)
  const { signInToken } = (await post('/sign-in', { ...ben, transport: 'token' })).json()
  const complete = (fields: object) => post('/sign-in/second-factor', { signInToken, ...fields })
  refused(t, await complete({ recoveryCode: ofAda.recoveryCodes[0] }), 401, invalid)
  refused(t, await complete({ code: totpCode(ofAda.secret, noon + 30_000) }), 401, invalid)
  t.equal((await complete({ recoveryCode: ofBen.recoveryCodes[0] })).statusCode, 200)
  const { signInToken: own } = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  const answer = await post('/sign-in/second-factor', { signInToken: own, recoveryCode: ofAda.recoveryCodes[0] })
  t.equal(answer.statusCode, 200, 'the attempt has not used it up')
})

t.test('a recovery code is not accepted twice, and one use leaves the others', async t => {
  const { signIn, recoveryCodes, session } = await protectedApplication(t)
  t.equal((await signIn({ recoveryCode: recoveryCodes[0] })).statusCode, 200)
  const { send } = await session()
  refused(t, await signIn({ recoveryCode: recoveryCodes[0] }), 401, invalid)
  refused(t, await send('POST', '/reauthenticate', { recoveryCode: recoveryCodes[0] }), 401, invalid)
  t.equal((await send('POST', '/reauthenticate', { recoveryCode: recoveryCodes[1] })).statusCode, 200)
})

for (const ending of ['removal', 'clearing'] as const) {
  t.test(`no recovery code outlives the ${ending} of its app, even if the user sets up another`, async t => {
    const { app, session, recoveryCodes, user, post, complete, now, begin } = await protectedApplication(t)
    const { send } = await session()
    if (ending === 'removal') await send('DELETE', '/second-factor/totp')
    else await app.fastAuth.clearSecondFactor(user.id)
    const headers = bearer((await begin()).json().accessToken)
    const { secret } = (await post('/second-factor/totp', undefined, headers)).json()
    const confirmed = await post('/second-factor/totp/confirm', { code: totpCode(secret, now()) }, headers)
    t.equal(confirmed.statusCode, 200)
    const { signInToken } = (await begin()).json()
    for (const recoveryCode of recoveryCodes) refused(t, await complete({ signInToken, recoveryCode }), 401, invalid)
  })
}

t.test('a recovery code is no code of the app, no password and no mailed token', async t => {
  const { complete, begin, recoveryCodes, post, code } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  const [recoveryCode] = recoveryCodes
  refused(t, await complete({ signInToken, code: recoveryCode }), 400, 'FST_ERR_VALIDATION')
  refused(t, await complete({ signInToken, recoveryCode: code() }), 401, invalid)
  refused(t, await post('/sign-in', { ...ada, password: recoveryCode }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  const reset = await post('/password/reset', { token: recoveryCode, password: 'a horse of another colour' })
  t.not(reset.statusCode, 204)
  t.equal((await complete({ signInToken, recoveryCode })).statusCode, 200)
})

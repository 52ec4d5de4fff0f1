import t from 'tap'
import { ada, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const endpoints = [
  ['/email/confirm', { password: ada.password }, 'oneTimeTokens.find'],
  ['/password/reset', { password: 'a horse of another colour' }, 'oneTimeTokens.find'],
  ['/email/change/confirm', { password: ada.password }, 'oneTimeTokens.find'],
] as const

for (const [path, rest, method] of endpoints) {
  t.test(`${path}: a token that is blank or no text gets the one 400, and what else is wrong is named`, async t => {
    const { app, asked, events, post } = await testApplication(t, { mail: true })
    await signUpForTokens(app)
    asked()
    events.length = 0
    const hashes = hashCalls(t)
    const theOne = visible(await post(path, { token: ' ', ...rest }))
    for (const token of [
      '',
      null,
      5,
      true,
      [],
      ['x'.repeat(43)],
      {},
      { token: 'x' },
      'x'.repeat(513),
      '\0',
      '\ud800',
    ]) {
      t.strictSame(visible(await post(path, { token, ...rest })), theOne, JSON.stringify(token))
    }
    const missing = await post(path, rest)
    refused(t, missing, 400, 'FST_ERR_VALIDATION')
    t.equal(missing.json().message, "body must have required property 'token'")
    refused(t, await post(path, { token: 'x'.repeat(43), userId: 'x', ...rest }), 400, 'FST_ERR_VALIDATION')
    refused(t, await post(`${path}?token=x`, { token: 'x'.repeat(43), ...rest }), 400, 'FST_ERR_VALIDATION')
    t.strictSame([asked(), events, hashes()], [[], [], []])
  })

  t.test(`${path}: a text that cannot be a token gets the one 400, and asks no storage`, async t => {
    const { app, asked, events, post } = await testApplication(t, { mail: true })
    const { user } = await signUpForTokens(app)
    asked()
    events.length = 0
    const hashes = hashCalls(t)
    const impossible = [
      ...[' ', 'null', 'undefined', '0', '%', '\n', user.id, 'x'.repeat(512)],
      ...['x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(43)} `, `${'x'.repeat(42)}=`, `${'x'.repeat(42)}é`],
    ]
    const answers = new Set<string>()
    for (const token of impossible) {
      const answer = await post(path, { token, ...rest })
      refused(t, answer, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
      answers.add(JSON.stringify(visible(answer)))
    }
    t.equal(answers.size, 1)
    t.strictSame([asked(), events, hashes()], [[], [], []])
  })

  t.test(`${path}: an unknown token gets the one 400, for one storage lookup`, async t => {
    const { asked, events, post } = await testApplication(t, { mail: true })
    const hashes = hashCalls(t)
    const unknown = await post(path, { token: 'x'.repeat(43), ...rest })
    refused(t, unknown, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
    t.strictSame([asked(), events, hashes()], [[method], [], []])
    t.strictSame(visible(unknown), visible(await post(path, { token: ' ', ...rest })))
  })
}

t.test('an expired, a superseded and a used token get the answer of an unknown one', async t => {
  const { app, post, tokenTo, advance } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  const password = 'a horse of another colour'
  const reset = (token: string) => post('/password/reset', { token, password })
  const next = async () => {
    await post('/password/forgot', { email: ada.email })
    return tokenTo(ada.email, 'resetPassword')
  }
  const unknown = visible(await reset('x'.repeat(43)))
  const superseded = await next()
  const expired = await next()
  t.strictSame(visible(await reset(superseded)), unknown)
  advance(3600)
  t.strictSame(visible(await reset(expired)), unknown)
  const used = await next()
  t.equal((await reset(used)).statusCode, 204)
  t.strictSame(visible(await reset(used)), unknown)
})

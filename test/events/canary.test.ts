import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bearer, type TokenPair } from '../support/account.js'
import { eachMethod } from '../support/each-method.js'
import { faultyStorage } from '../support/faulty-storage.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const account = { email: 'ada@example.com', password: 'c4n4ry-right-password' }
const wrongPassword = 'c4n4ry-wrong-password'

/** The same storage, which writes down every request and every answer, as a database would log them. */
function writingStorage(storage: Storage, dump: string[]): Storage {
  return eachMethod(storage, (name, method) => async request => {
    const answer = await method(request)
    dump.push(JSON.stringify([name, request, answer]))
    return answer
  })
}

/** Everything that one can do, right and wrong, and what was written down of it. */
async function liveThrough(t: Test) {
  const log: string[] = []
  const dump: string[] = []
  const secrets = new Set<string>([account.password, wrongPassword, secret])
  const { storage, fail } = faultyStorage(writingStorage(memoryStorage(), dump))
  const { app, events, advance } = await testApplication(t, {
    options: { storage },
    server: { logger: { level: 'trace', stream: { write: (line: string) => log.push(line) } } },
  })
  const answers: LightMyRequestResponse[] = []
  const send = async (request: InjectOptions) => {
    const answer = await app.inject(request)
    answers.push(answer)
    for (const { value } of answer.cookies) if (value !== '') secrets.add(value)
    return answer
  }
  const post = (path: string, payload: object | string, headers = {}) =>
    send({ method: 'POST', url: `/auth/${path}`, payload, headers })
  const json = { 'content-type': 'application/json' }

  const signUp = await post('sign-up', { ...account, transport: 'token' })
  const { accessToken, refreshToken }: TokenPair = signUp.json()
  secrets.add(accessToken).add(refreshToken)
  await post('sign-up', account)
  await post('sign-up', { ...account, email: 'c4n4ry' })
  await post('sign-in', account)
  await post('sign-in', { ...account, password: wrongPassword })
  await post('sign-in', { email: 'ben@example.com', password: wrongPassword })
  await post('sign-in', { ...account, role: wrongPassword })
  await post('sign-in', { email: wrongPassword, password: account.password })
  await post('sign-in', `{"password":"${wrongPassword}",`, json)
  await post('sign-in', `password=${wrongPassword}`, { 'content-type': 'text/plain' })
  await post('sign-in', account, { 'sec-fetch-site': 'cross-site' })
  await send({ url: '/auth/me', headers: bearer(accessToken) })
  await send({ url: '/auth/me', headers: bearer(`${accessToken}x`) })
  await send({ url: '/auth/me', headers: { cookie: `__Host-access_token=${accessToken}` } })
  const made = await post('api-keys', { name: 'c4n4ry-name' }, bearer(accessToken))
  const { id, key }: { id: string; key: string } = made.json()
  const rolled: { key: string } = (await post(`api-keys/${id}/roll`, { overlapSeconds: 5 }, bearer(accessToken))).json()
  secrets.add(key).add(rolled.key)
  for (const text of [key, rolled.key, `${key.slice(0, -1)}!`, key.toUpperCase()]) {
    await send({ url: '/auth/me', headers: bearer(text) })
    await send({ url: `/auth/me?key=${'x'.repeat(5)}`, headers: bearer(text) })
  }
  await post('api-keys', { name: 'deploy', scopes: ['c4n4ry'] }, bearer(accessToken))
  await send({ method: 'DELETE', url: `/auth/api-keys/${id}`, headers: bearer(accessToken) })
  await send({ url: '/auth/me', headers: bearer(key) })
  await app.fastAuth.revokeApiKey(rolled.key)
  await app.fastAuth.revokeApiKey(`${rolled.key}0`)
  const renewed: TokenPair = (await post('refresh', { refreshToken })).json()
  secrets.add(renewed.accessToken).add(renewed.refreshToken)
  for (const fault of ['rejects', 'losesAnswer', 'answersUndefined'] as const) {
    fail(fault)
    await post('sign-up', { ...account, email: `${fault}@example.com` })
    await post('sign-in', account)
    await post('refresh', { refreshToken: renewed.refreshToken })
    fail('none')
  }
  const wrong = { password: wrongPassword }
  await send({ method: 'DELETE', url: '/auth/me', headers: bearer(accessToken), payload: wrong })
  advance(11)
  await post('refresh', {}, { cookie: `__Host-access_token=${accessToken}; __Secure-refresh_token=${refreshToken}` })
  await post('refresh', { refreshToken: `${refreshToken.slice(0, -4)}AAAA` })
  await post('sign-out', { refreshToken: renewed.refreshToken }, bearer(accessToken))
  return { log, dump, events, answers, secrets: [...secrets] }
}

t.test('no password, token, cookie, secret or hash is in the log, the events or the storage', async t => {
  const { log, dump, events, answers, secrets } = await liveThrough(t)
  const statuses = [...new Set(answers.map(({ statusCode }) => statusCode))].sort()
  t.strictSame(statuses, [200, 201, 204, 400, 401, 403, 409, 415, 500, 503], 'everything was lived through')
  t.ok(secrets.length >= 11, 'passwords, secret, two token pairs, two cookies and two keys')
  const hash = /\$scrypt\$[^"]+/.exec(dump.join('\n'))?.[0] ?? ''
  t.ok(hash.length > 60, 'the storage does hold the hash')
  t.ok(log.length > answers.length, 'the log does say something')
  const emitted = JSON.stringify(events)
  for (const [index, known] of [...secrets, hash].entries()) {
    t.strictSame(
      log.filter(line => line.includes(known)),
      [],
      `secret ${index} is not in the log`,
    )
    t.notOk(emitted.includes(known), `secret ${index} is not in the events`)
  }
  for (const [index, known] of secrets.entries()) {
    t.notOk(dump.join('\n').includes(known), `secret ${index} is not in the storage`)
  }
  const keyHash = /"hash":"([\w-]{43})"/.exec(dump.join('\n'))?.[1] ?? ''
  t.equal(keyHash.length, 43, 'the storage does hold the hash of the key')
  t.notOk([log.join(''), emitted].some(text => text.includes(keyHash)))
  for (const { body } of answers.filter(({ statusCode }) => statusCode !== 201)) {
    t.notOk(body.includes(hash) || body.includes(keyHash), 'no hash is in an answer')
    t.notMatch(body, 'c4n4ry', 'no answer repeats what was sent')
  }
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import {
  createSoftwareAuthenticator,
  registerPasskey,
  type SignedInUser,
  signInUser,
  signInWithPasskey,
  signUpUser,
} from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { protectedApplication } from '../support/protected-application.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { block, table } from './readme.js'

const file = 'docs/passkeys.md'
const origin = 'https://app.example.com'

/** A folder inside the package, so that `fast-auth` in an import is this package. */
const folder = mkdtempSync(resolve('dist', 'passkeys-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

t.test('the documented application adds a passkey, signs in with it, and refuses another origin', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${folder}/app.js`, block('server', file))
  writeFileSync(`${folder}/testing.js`, block('testing', file))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/app.js`).href)
  t.teardown(() => app.close())
  await t.resolves(import(pathToFileURL(`${folder}/testing.js`).href))
  const { statusCode } = await app.inject('/.well-known/webauthn')
  t.equal(statusCode, 404, 'the only origin belongs to the domain')
})

/** The claim `amr` of an access token. */
function amrOf(accessToken: string): unknown {
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).amr
}

t.test('the documented claims are those of the sessions', async t => {
  const { app } = await testApplication(t, { options: { passkeys: { rpId: 'example.com', origins: [origin] } } })
  const passkeys = { authenticator: createSoftwareAuthenticator(), origin }
  await registerPasskey(await signUpUser(app, ada), passkeys)
  const withPassword = await signInUser(app, ada)
  const options = await app.inject({ method: 'POST', url: '/auth/sign-in/passkey/options' })
  const credential = passkeys.authenticator.get(options.json(), { origin })
  const both = await withPassword.inject({ method: 'POST', url: '/auth/reauthenticate', payload: { credential } })
  const claims = new Map([
    ['passkey', amrOf((await signInWithPasskey(app, passkeys)).accessToken)],
    ['password, and a passkey', amrOf(both.json().accessToken)],
  ])
  t.same(new Map(table('claims', file).map(([session = '', amr = '']) => [session, JSON.parse(amr)])), claims)
})

t.test('the documented related origins are listed at the root, and so is the page to change a password', async t => {
  const read = (marker: string) => new Function(`return { ${block(marker, file)} }`)()
  const { app } = await testApplication(t, { options: { ...read('related origins'), ...read('change password') } })
  const list = await app.inject('/.well-known/webauthn')
  t.same(list.json(), { origins: ['https://example.com', 'https://example.de'] })
  t.match(list.headers['content-type'], /^application\/json/)
  const page = await app.inject('/.well-known/change-password')
  t.hasStrict([page.statusCode, page.headers.location], [302, '/account/password'])
})

t.test('a request for options calls no storage, and a sign-in with a passkey three methods', async t => {
  const { app, calls } = await testApplication(t, { options: { passkeys: { rpId: 'example.com', origins: [origin] } } })
  const passkeys = { authenticator: createSoftwareAuthenticator(), origin }
  await registerPasskey(await signUpUser(app, ada), passkeys)
  calls.length = 0
  await app.inject({ method: 'POST', url: '/auth/sign-in/passkey/options' })
  t.same(calls, [])
  await signInWithPasskey(app, passkeys)
  t.same(calls, ['passkeys.findByCredentialId', 'users.find', 'sessions.open'])
})

t.test('a cleared second factor leaves the passkeys', async t => {
  const options = { passkeys: { rpId: 'example.com', origins: [origin] } }
  const { app, session } = await protectedApplication(t, { options })
  const passkeys = { authenticator: createSoftwareAuthenticator(), origin }
  const { accessToken } = await session()
  const inject = (request: object) => app.inject({ ...request, headers: bearer(accessToken) })
  const { id = '' } = (await app.fastAuth.findUser({ email: ada.email })) ?? {}
  await app.fastAuth.confirmUserEmail(id, ada.email)
  await registerPasskey({ inject } as SignedInUser, passkeys)
  t.hasStrict(await app.fastAuth.clearSecondFactor(id), { outcome: 'cleared' })
  t.equal((await signInWithPasskey(app, passkeys)).user.email, ada.email)
})

t.test('the documented settings of localhost start', async t => {
  const options = { publicUrl: 'http://localhost:3000', cookies: { secure: false }, passkeys: { rpId: 'localhost' } }
  const { app } = await testApplication(t, { options })
  const passkeys = { authenticator: createSoftwareAuthenticator(), origin: 'http://localhost:3000' }
  await registerPasskey(await signUpUser(app, ada), passkeys)
  t.equal((await signInWithPasskey(app, passkeys)).user.email, ada.email)
  const elsewhere = { ...options, publicUrl: 'http://127.0.0.1:3000' }
  await t.rejects(testApplication(t, { options: elsewhere }), { code: 'FAST_AUTH_OPTION_INVALID' })
})

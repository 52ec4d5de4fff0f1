import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { browser } from '../support/browser.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherSecret, secret } from '../support/secret.js'
import { cheapPasswords } from '../support/test-application.js'

type Options = Partial<FastAuthOptions>

/** An application with fast-auth in the scopes /shop and /staff, each with a route that names the user. */
function twice(t: Test, shop: Options, staff: Options) {
  const app = Fastify()
  t.teardown(() => app.close())
  for (const [prefix, options] of Object.entries({ '/shop': shop, '/staff': staff })) {
    app.register(
      async scope => {
        const own = { secrets: [secret], storage: memoryStorage(), passwords: cheapPasswords }
        await scope.register(fastAuth, { ...own, ...options })
        scope.get('/me', { onRequest: scope.fastAuth.authenticate }, async ({ user }) => user?.email)
      },
      { prefix },
    )
  }
  return app
}

const collision = {
  code: 'FAST_AUTH_OPTION_INVALID',
  message:
    'Two registrations of fast-auth in one application would overwrite each other\'s cookie "__Host-access_token", and sign each other\'s users out. Set a different "cookies.namePrefix" in each: the option "prefix" does not separate them, since browsers send this cookie to every path',
}

async function refusalOf(t: Test, shop: Options, staff: Options) {
  try {
    await twice(t, shop, staff).ready()
    return null
  } catch (error) {
    const { code, message } = error as Error & { code: string }
    return { code, message }
  }
}

const [atSite, atSiteInCapitals] = [{ domain: 'example.com' }, { domain: 'Example.COM' }]
const ofSite = 'https://example.com'
const atHosts = [{ publicUrl: 'https://shop.example.com' }, { publicUrl: 'https://staff.example.com' }] as const

/** Two registrations with one storage, and what is different in the second one. */
function onOneStorage(difference: Options): [Options, Options] {
  const shared = { secrets: [secret], storage: memoryStorage() }
  return [shared, { ...shared, ...difference }]
}

const refused: Readonly<Record<string, readonly [Options, Options]>> = {
  'the same secrets and different storages': [{}, {}],
  'different secrets': [{}, { secrets: [otherSecret] }],
  'different secrets for one storage': onOneStorage({ secrets: [otherSecret] }),
  'different audiences for one storage': onOneStorage({ audience: 'staff' }),
  'different issuers for one storage': onOneStorage({ issuer: 'staff' }),
  'different key pairs for one storage': onOneStorage({ accessTokenKeys: [keyPairs.EdDSA.privateKey] }),
  'different prefixes of their own': [{ prefix: '/one' }, { prefix: '/two' }],
  'the same name prefix': [{ cookies: { namePrefix: 'a_' } }, { cookies: { namePrefix: 'a_' } }],
  'one domain': [
    { cookies: atSite, publicUrl: ofSite },
    { cookies: atSiteInCapitals, publicUrl: ofSite },
  ],
  'one domain on two hosts': [
    { cookies: atSite, ...atHosts[0] },
    { cookies: atSite, ...atHosts[1] },
  ],
  'a domain whose former cookie is that of the other': [{ cookies: atSite }, {}],
  'a former cookie that is that of the other': [{}, { cookies: atSite }],
  'the host of one publicUrl': [{ publicUrl: ofSite }, { publicUrl: ofSite }],
  'one unknown host': [{ publicUrl: ofSite }, {}],
}

for (const [what, [shop, staff]] of Object.entries(refused)) {
  t.test(`two registrations with ${what} do not start`, async t => {
    const refusal = await refusalOf(t, shop, staff)
    t.equal(refusal?.code, collision.code)
    t.match(refusal?.message, /"cookies\.namePrefix" in each: the option "prefix" does not separate them/)
  })
}

t.test('the refusal of colliding cookies names the cookie and what to set', async t => {
  t.strictSame(await refusalOf(t, {}, {}), collision)
})

const accepted: Readonly<Record<string, readonly [Options, Options]>> = {
  'different name prefixes': [{}, { cookies: { namePrefix: 'staff_' } }],
  'the same storage and tokens': onOneStorage({}),
  'different hosts': atHosts,
  'secure and insecure cookies': [{}, { cookies: { secure: false } }],
  'different domains': [
    { cookies: atSite, publicUrl: ofSite },
    { cookies: { domain: 'example.org' }, publicUrl: 'https://example.org' },
  ],
}

for (const [what, [shop, staff]] of Object.entries(accepted)) {
  t.test(`two registrations with ${what} start`, async t => t.equal(await refusalOf(t, shop, staff), null))
}

t.test('a browser stays signed in at two registrations with different name prefixes', async t => {
  const ben = browser(twice(t, {}, { secrets: [otherSecret], cookies: { namePrefix: 'staff_' } }))
  for (const path of ['/shop', '/staff']) {
    const signUp = { method: 'POST', url: `${path}/auth/sign-up`, payload: ada } as const
    t.equal((await ben.send(signUp)).statusCode, 201)
  }
  for (const path of ['/shop', '/staff']) {
    t.equal((await ben.send({ url: `${path}/me` })).body, ada.email)
    t.equal((await ben.send({ method: 'POST', url: `${path}/auth/refresh` })).statusCode, 200)
  }
})

t.test('a session of one registration is valid at another with the same storage and tokens', async t => {
  const together = { secrets: [secret], storage: memoryStorage(), accessTokenKeys: [keyPairs.EdDSA.privateKey] }
  const ben = browser(twice(t, together, together))
  await ben.send({ method: 'POST', url: '/shop/auth/sign-up', payload: ada })
  t.equal((await ben.send({ url: '/staff/me' })).body, ada.email)
  t.equal((await ben.send({ method: 'POST', url: '/shop/auth/refresh' })).statusCode, 200)
})

t.test('two applications of one process may have the same cookies', async t => {
  for (let index = 0; index < 2; index++) {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(fastAuth, { secrets: [secret], storage: memoryStorage(), passwords: cheapPasswords })
    await app.ready()
    t.ok(app.hasDecorator('fastAuth'))
  }
})

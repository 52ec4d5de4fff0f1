import fastifyJwt from '@fastify/jwt'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { createJwtKeys } from '../../lib/http/jwt-keys.js'
import type { AccessTokenClaims, JwtKey } from '../../lib/tokens/access-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { signingKeys } from '../../lib/tokens/signing-keys.js'
import { handMadeJwt, jwtParts, without } from '../support/hand-made-jwt.js'
import { otherSecret, secret } from '../support/secret.js'

const claims: AccessTokenClaims = {
  iss: 'issuer',
  aud: 'audience',
  sub: 'user',
  sid: 'session',
  gen: 3,
  iat: 1_767_268_800,
  exp: 1_767_269_700,
  auth_time: 1_767_268_800,
  jti: 'token',
  email: 'ada@example.com',
}

async function keysOf(t: Test, app: FastifyInstance = Fastify()): Promise<[JwtKey, JwtKey]> {
  t.teardown(() => app.close())
  const keys = await createJwtKeys(app, signingKeys(createKeyring([secret, otherSecret]), []), {
    issuer: 'issuer',
    audience: 'audience',
  })
  return keys as [JwtKey, JwtKey]
}

t.test('there is a key for each secret, in their order, by the ids of the ring', async t => {
  const keys = await keysOf(t)
  t.same(
    keys.map(({ id }) => id),
    [...createKeyring([secret, otherSecret]).byId.keys()],
  )
})

t.test('a key signs its claims as they are, and verifies them', async t => {
  for (const key of await keysOf(t)) {
    const token = key.sign(claims)
    t.same(jwtParts(token), { header: { alg: 'HS256', typ: 'at+jwt', kid: key.id }, claims })
    t.same(key.verify(token), claims)
  }
})

t.test('a key refuses what the other one signed', async t => {
  const [one, other] = await keysOf(t)
  t.throws(() => one.verify(other.sign(claims)))
  t.throws(() => other.verify(one.sign(claims)))
})

t.test('a key leaves times alone: who asks knows what time it is', async t => {
  const [key] = await keysOf(t)
  for (const times of [
    { iat: 0, exp: 1 },
    { iat: 4_102_444_800, exp: 4_102_444_801 },
  ]) {
    t.same(key.verify(key.sign({ ...claims, ...times })), { ...claims, ...times })
  }
})

t.test('a key refuses claims without one that RFC 9068 or our sessions need', async t => {
  const [key] = await keysOf(t)
  const { header } = jwtParts(key.sign(claims))
  for (const name of ['iss', 'aud', 'sub', 'sid', 'iat', 'exp', 'jti']) {
    t.throws(() => key.verify(handMadeJwt({ header, claims: without({ ...claims }, name) })), name)
  }
})

t.test('nothing is cached: what a caller does to claims is not in the next reading of the token', async t => {
  const [key] = await keysOf(t)
  const token = key.sign(claims)
  Object.assign(key.verify(token), { sub: 'another user' })
  t.equal(key.verify(token).sub, 'user')
})

t.test('a secret that looks like a public key is a secret', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  const pem = `-----BEGIN PUBLIC KEY-----\n${secret}\n-----END PUBLIC KEY-----`
  const keys = await createJwtKeys(app, signingKeys(createKeyring([pem]), []), {
    issuer: 'issuer',
    audience: 'audience',
  })
  const [key] = keys as [JwtKey]
  t.equal(key.sign(claims), handMadeJwt({ ...jwtParts(key.sign(claims)), secret: pem }))
  t.same(key.verify(key.sign(claims)), claims)
})

t.test('an app without JWTs of its own has none afterwards', async t => {
  const app = Fastify()
  const [{ id }] = await keysOf(t, app)
  t.equal(app.hasDecorator('jwt'), false)
  for (const name of ['user', `${id}JwtVerify`, `${id}JwtDecode`]) t.equal(app.hasRequestDecorator(name), false, name)
  t.equal(app.hasReplyDecorator(`${id}JwtSign`), false)
})

t.test('the host’s own JWTs stay as they are, with a name space or without, registered before or after', async t => {
  for (const namespace of [undefined, 'host']) {
    for (const moment of ['before', 'after']) {
      const app = Fastify()
      const options = { secret: 'of the host', ...(namespace === undefined ? {} : { namespace }) }
      if (moment === 'before') await app.register(fastifyJwt, options)
      const [key] = await keysOf(t, app)
      if (moment === 'after') await app.register(fastifyJwt, options)
      const jwt = namespace === undefined ? app.jwt : (Reflect.get(app.jwt, namespace) as typeof app.jwt)
      const token = jwt.sign({ host: true })
      t.hasStrict(jwt.verify(token), { host: true })
      t.throws(() => key.verify(token))
      t.throws(() => jwt.verify(key.sign(claims)))
      t.notOk(key.id in app.jwt, 'ours are not among them')
    }
  }
})

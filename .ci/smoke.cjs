// Tests the built package on the current version of Node.js: node .ci/smoke.cjs MAJOR_VERSION
const assert = require('node:assert/strict')
const { randomBytes } = require('node:crypto')
const Fastify = require('fastify')
const { fastAuth } = require('fast-auth')
const { memoryStorage } = require('fast-auth/storage/memory')
const { sqliteStorage } = require('fast-auth/storage/sqlite')

async function signUpAndRefresh(storage) {
  const app = Fastify()
  await app.register(fastAuth, { secrets: [randomBytes(32).toString('base64url')], storage })
  app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => request.user.email)

  const post = (url, payload) => app.inject({ method: 'POST', url, payload })
  const account = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }
  const signUp = await post('/auth/sign-up', account)
  assert.equal(signUp.statusCode, 201, signUp.body)
  const refresh = await post('/auth/refresh', { refreshToken: signUp.json().refreshToken })
  assert.equal(refresh.statusCode, 200, refresh.body)
  const headers = { authorization: `Bearer ${refresh.json().accessToken}` }
  assert.equal((await app.inject({ url: '/hello', headers })).body, account.email)
  assert.equal((await app.inject('/hello')).statusCode, 401)
  await app.close()
}

async function run() {
  assert.equal(process.versions.node.split('.')[0], process.argv[2])
  await signUpAndRefresh(memoryStorage())
  await signUpAndRefresh(sqliteStorage({ file: ':memory:' }))
  process.stdout.write(`fast-auth works on Node.js ${process.versions.node}\n`)
}

run()

const { randomBytes } = require('node:crypto')
const { memoryStorage } = require('fast-auth/storage/memory')
const Fastify = require('fastify')

const app = Fastify()
app.register(require('fast-auth'), { secrets: [randomBytes(32).toString('base64url')], storage: memoryStorage() })
app.register(async scope => {
  scope.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => `Hello, ${request.user.email}`)
})

async function run() {
  const payload = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }
  const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload })
  const headers = { authorization: `Bearer ${signUp.json().accessToken}` }
  const hello = await app.inject({ url: '/hello', headers })
  process.stdout.write(hello.body)
  await app.close()
}

run()

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { documentedPackages } from '../../lib/cli/openapi.js'
import { assertInstalled, requirePackages } from '../../lib/cli/require-packages.js'
import { readServeSettings } from '../../lib/cli/serve-environment.js'
import { secret } from '../support/secret.js'
import { bareInstallation, installPackages } from './fixtures/bare-installation.js'

const { PATH = '' } = process.env
const main = 'dist/lib/cli/main.js'

t.test('one sentence names every package that serve needs, and its command is all that it takes', async t => {
  const cwd = bareInstallation(t)
  const env = { PATH, PORT: '0', TRUSTED_ORIGINS: 'https://app.example.com' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'serve'], { cwd, env, encoding: 'utf8' })
  t.same([status, stdout], [1, ''])
  const command =
    'npm install @fastify/swagger @fastify/swagger-ui libsql nodemailer @simplewebauthn/server @fastify/cors'
  t.equal(
    stderr,
    `fast-auth: The packages @fastify/swagger, @fastify/swagger-ui, libsql, nodemailer, @simplewebauthn/server and @fastify/cors are needed for this. Install them: ${command}\n`,
  )
  installPackages(cwd, command.split(' ').slice(2))
  const server = spawn(process.execPath, [main, 'serve'], { cwd, env })
  t.teardown(() => server.kill('SIGKILL'))
  const ended = once(server, 'exit')
  let log = ''
  for await (const text of server.stdout) {
    log += text
    if (log.includes('fast-auth is ready')) break
  }
  t.match(log, 'fast-auth is ready')
  server.kill('SIGTERM')
  t.same(await ended, [0, null])
})

t.test('a single package that is missing is named alone', async t => {
  const cwd = bareInstallation(t)
  installPackages(cwd, ['@fastify/swagger', '@fastify/swagger-ui', '@simplewebauthn/server'])
  const settings = readServeSettings({ DATABASE_URL: 'memory:' })
  t.throws(() => requirePackages(settings, createRequire(join(cwd, main))), {
    message: 'The package nodemailer is needed for this. Install it: npm install nodemailer',
  })
})

const environments = {
  'memory, and messages on the console': [{ DATABASE_URL: 'memory:', MAIL_URL: 'console:', PASSKEYS: 'off' }, []],
  'a public URL on which browsers allow no passkeys': [
    { DATABASE_URL: 'memory:', MAIL_URL: 'console:', PUBLIC_URL: 'http://auth.example.com' },
    [],
  ],
  PostgreSQL: [
    { DATABASE_URL: 'postgres://localhost/app', MAIL_URL: 'console:' },
    ['pg', 'rate-limiter-flexible', '@simplewebauthn/server'],
  ],
  'MySQL without limits': [
    { DATABASE_URL: 'mysql://localhost/app', MAIL_URL: 'console:', RATE_LIMITS: 'off' },
    ['mysql2', '@simplewebauthn/server'],
  ],
  'Redis, a mail server and Argon2id': [
    {
      DATABASE_URL: 'redis://localhost',
      MAIL_URL: 'smtp://mail.example.com',
      FROM_EMAIL: 'accounts@example.com',
      PASSWORD_HASHER: 'argon2id',
    },
    ['redis', 'rate-limiter-flexible', 'nodemailer', '@node-rs/argon2', '@simplewebauthn/server'],
  ],
} as const

for (const [name, [environment, packages]] of Object.entries(environments)) {
  t.test(`with ${name}, serve asks for exactly the packages that it loads`, async t => {
    const require = createRequire(join(bareInstallation(t), main))
    const settings = readServeSettings({ JWT_SECRET_KEY: secret, ...environment })
    const command = ['npm install @fastify/swagger @fastify/swagger-ui', ...packages].join(' ')
    t.throws(() => requirePackages(settings, require), { message: new RegExp(`Install them: ${command}$`) })
    t.doesNotThrow(() => requirePackages(settings))
  })
}

t.test('openapi names every package that it needs and that is missing', async t => {
  const require = createRequire(join(bareInstallation(t), main))
  t.throws(() => assertInstalled(documentedPackages, require), {
    message:
      'The packages @fastify/swagger, @simplewebauthn/server and openid-client are needed for this. Install them: npm install @fastify/swagger @simplewebauthn/server openid-client',
  })
  t.doesNotThrow(() => assertInstalled(documentedPackages))
})

t.test('every package that serve may ask for is an optional peer of fast-auth', async t => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'))
  const named = Object.values(environments).flatMap(([, packages]) => packages)
  for (const name of new Set([...named, '@fastify/cors', '@fastify/swagger', '@fastify/swagger-ui', 'libsql']))
    t.same(peerDependenciesMeta[name], { optional: true }, name)
})

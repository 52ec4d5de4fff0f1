import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { secretFault } from '../../lib/composition/options/known-secrets.js'
import { readKeyPair } from '../../lib/tokens/key-pair.js'
import { fastAuthCommand } from './fixtures/shell.js'

t.test('a secret is 32 bytes in base64url on a line of its own', async t => {
  const { exitCode, stdout } = await fastAuthCommand(['secret'], t.testdir())
  t.equal(exitCode, 0)
  t.match(stdout, /^[\w-]{43}\n$/)
  t.equal(Buffer.from(stdout.trim(), 'base64url').length, 32)
  t.equal(secretFault(stdout.trim()), null)
})

t.test('no secret is made twice', async t => {
  const folder = t.testdir()
  const secrets = await Promise.all(Array.from({ length: 100 }, () => fastAuthCommand(['secret'], folder)))
  t.equal(new Set(secrets.map(({ stdout }) => stdout)).size, 100)
})

for (const [type, algorithm] of [
  ['ed25519', 'EdDSA'],
  ['p256', 'ES256'],
  ['rsa', 'RS256'],
] as const) {
  t.test(`--type ${type} prints a private key for ${algorithm}`, async t => {
    const { exitCode, stdout } = await fastAuthCommand(['secret', '--type', type], t.testdir())
    t.equal(exitCode, 0)
    const { algorithm: made, privateKey } = readKeyPair(stdout)
    t.same([made, privateKey], [algorithm, stdout])
  })
}

t.test('--output keeps the secret in a file that only its owner reads, and the public key beside it', async t => {
  const folder = t.testdir()
  t.same(await fastAuthCommand(['secret', '--type', 'ed25519', '--output', 'key.pem'], folder), {
    exitCode: 0,
    stdout: '',
    stderr: '',
  })
  t.equal((await stat(join(folder, 'key.pem'))).mode & 0o777, 0o600)
  const [kept, published] = await Promise.all(
    ['key.pem', 'key.pem.pub'].map(file => readFile(join(folder, file), 'utf8')),
  )
  t.equal(readKeyPair(String(published)).privateKey, null)
  t.equal(readKeyPair(String(kept)).id, readKeyPair(String(published)).id)
  await fastAuthCommand(['secret', '--output', 'secret.txt'], folder)
  t.match(await readFile(join(folder, 'secret.txt'), 'utf8'), /^[\w-]{43}\n$/)
})

t.test('a file that is there already stays as it is', async t => {
  const folder = t.testdir({ 'key.pem': 'the only copy' })
  const { exitCode, stderr } = await fastAuthCommand(['secret', '--output', 'key.pem'], folder)
  t.equal(exitCode, 1)
  t.match(stderr, /EEXIST/)
  t.equal(await readFile(join(folder, 'key.pem'), 'utf8'), 'the only copy')
})

t.test('another type is refused with those that there are', async t => {
  const { exitCode, stderr } = await fastAuthCommand(['secret', '--type', 'dsa'], t.testdir())
  t.equal(exitCode, 1)
  t.equal(stderr, 'fast-auth: --type must be one of hs256, ed25519, p256, rsa; it is "dsa"\n')
})

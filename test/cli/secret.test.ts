import t from 'tap'
import { secretFault } from '../../lib/options/known-secrets.js'
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

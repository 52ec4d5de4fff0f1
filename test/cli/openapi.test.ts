import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { fastAuthCommand } from './fixtures/shell.js'

t.test('openapi prints the document of the package as YAML', async t => {
  const { exitCode, stdout, stderr } = await fastAuthCommand(['openapi'], t.testdir())
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  t.match(stdout, `openapi: 3.1.0\ninfo:\n  title: fast-auth\n  version: ${version}\n`)
  t.match(stdout, '\n  license:\n    name: MIT\n    identifier: MIT\n')
  t.match(stdout, '\nservers:\n  - url: /\n')
  t.match(stdout, '\n  /auth/sign-in:\n    post:\n      operationId: signIn\n')
  t.same({ exitCode, stderr }, { exitCode: 0, stderr: '' })
})

t.test('two runs print the same bytes', async t => {
  const [one, two] = [await fastAuthCommand(['openapi'], t.testdir()), await fastAuthCommand(['openapi'], t.testdir())]
  t.equal(one?.stdout, two?.stdout)
})

t.test('--output writes the document to a file of the working directory and prints nothing', async t => {
  const folder = t.testdir()
  t.match(await fastAuthCommand(['openapi', '--output', 'api.yml'], folder), { exitCode: 0, stdout: /^$/ })
  t.equal(readFileSync(join(folder, 'api.yml'), 'utf8'), (await fastAuthCommand(['openapi'], folder)).stdout)
})

t.test('a file that cannot be written is refused', async t => {
  const { exitCode, stderr } = await fastAuthCommand(['openapi', '--output', 'no-such-folder/api.yml'], t.testdir())
  t.match(stderr, /^fast-auth: ENOENT: .+api\.yml/)
  t.equal(exitCode, 1)
})

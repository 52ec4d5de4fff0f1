import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { ada } from '../support/account.js'
import { protectedApplication, wrongCode } from '../support/protected-application.js'
import { block } from './readme.js'

const file = 'docs/second-factor.md'
const run = promisify(execFile)

t.test('the documented sign-in with cookies gets the answers that it says', async t => {
  const { app, code } = await protectedApplication(t, { options: { cookies: { secure: false } } })
  const url = await app.listen({ port: 0 })
  const text = block('two steps with cookies', file).replaceAll('http://localhost:3000', url).replace('123456', code())
  const steps = Array.from(text.matchAll(/^# (.+)\n(.+)$/gm), ([, says = '', command = '']) => ({ says, command }))
  t.equal(steps.length, 4)
  const cwd = t.testdir()
  for (const { says, command } of steps) {
    const { stdout } = await run('bash', ['-c', `${command} -sS`], { cwd })
    t.equal(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1], /(\d{3})$/.exec(says)?.[1], says)
  }
})

t.test('the documented sign-in with tokens asks again for a wrong code, and signs in with a right one', async t => {
  const { app, secret, code, now } = await protectedApplication(t)
  const url = await app.listen({ port: 0 })
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const text = block('two steps with tokens', file).replace('https://app.example.com', url)
  writeFileSync(`${folder}/code.mjs`, text)
  const { signIn } = await import(pathToFileURL(`${folder}/code.mjs`).href)
  const typed = [wrongCode(secret, now()), code()]
  const answer = await signIn(ada, async () => typed.shift())
  t.same(typed, [])
  t.hasStrict(answer, { user: { email: ada.email } })
  t.type(answer.accessToken, 'string')
  const refused = await signIn({ ...ada, password: 'wrong' }, () => t.fail('there is nothing to ask for'))
  t.equal(refused.code, 'FAST_AUTH_INVALID_CREDENTIALS')
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import ts from 'typescript'
import { hookNames } from '../../lib/events/hook-names.js'
import { ada, bearer } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { refused } from '../support/refusal.js'
import { secret } from '../support/secret.js'
import { block } from './readme.js'

t.test('the documented application accepts invited users, once each, and no others', async t => {
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const { outputText } = ts.transpileModule(block('invitations', 'docs/hooks.md'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  writeFileSync(`${folder}/code.mjs`, outputText)
  setEnvironment(t, { AUTH_SECRET: secret })
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/code.mjs`).href)
  t.teardown(() => app.close())
  const signUp = (email: string) =>
    app.inject({ method: 'POST', url: '/auth/sign-up', payload: { ...ada, email, transport: 'token' } })

  refused(t, await signUp('ada@example.com'), 403, 'FAST_AUTH_SIGN_UP_REFUSED')
  const answer = await signUp('grace@example.com')
  t.equal(answer.statusCode, 201)
  const team = await app.inject({ url: '/team', headers: bearer(answer.json().accessToken) })
  t.same(team.json(), { team: 'compilers' })
  refused(t, await signUp('grace@example.com'), 403, 'FAST_AUTH_SIGN_UP_REFUSED')
})

t.test('the document has every hook, in order', async t => {
  const named = Array.from(readFileSync('docs/hooks.md', 'utf8').matchAll(/^\| `(\w+)`/gm), ([, name]) => name)
  t.same(named, hookNames)
})

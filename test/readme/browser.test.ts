import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

t.test("the README's code for browsers signs in, and asks a route of the application's own", async t => {
  const askedBy: (string | undefined)[] = []
  const { app } = await testApplication(t, {
    options: { clock: Date.now },
    after(app) {
      app.get('/reports', { onRequest: app.fastAuth.authenticate }, async ({ user }) => {
        askedBy.push(user?.email)
        return []
      })
    },
  })
  await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const url = await app.listen({ port: 0 })
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  // Here is no page, so that it needs an address, and no cookies.
  const elsewhere = `createAuthClient({ baseUrl: '${url}/auth', transport: 'token' })`
  const code = block('browser').replace('createAuthClient()', elsewhere)
  writeFileSync(`${folder}/page.mjs`, `export const said = []\nconst alert = text => said.push(text)\n${code}`)
  const { said } = await import(pathToFileURL(`${folder}/page.mjs`).href)
  t.same(said, ['Hello, ada@example.com'])
  t.same(askedBy, ['ada@example.com'])
})

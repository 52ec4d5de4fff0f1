import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { signUpForTokens } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherSecret, secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

const documented = 'https://app.example.com'

/** A server with these options, its tokens, and what the document's code exports when it is pointed at that server. */
async function documentedCode(t: Test, marker: string, options: Partial<FastAuthOptions>) {
  const { app } = await testApplication(t, { options: { ...options, issuer: documented, clock: Date.now } })
  const tokens = await signUpForTokens(app)
  const url = await app.listen({ port: 0 })
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = `${folder}/code.mjs`
  writeFileSync(file, block(marker, 'docs/verifying-tokens.md').replaceAll(`${documented}/auth`, `${url}/auth`))
  setEnvironment(t, { AUTH_SECRET: secret, INTROSPECTION_SECRET: otherSecret })
  return { tokens, code: await import(pathToFileURL(file).href) }
}

for (const [marker, options] of [
  ['key set', { accessTokenKeys: [keyPairs.EdDSA.privateKey] }],
  ['secret', {}],
] as const) {
  t.test(`the documented code verifies our tokens and no others: ${marker}`, async t => {
    const { tokens, code } = await documentedCode(t, marker, options)
    const { accessToken, refreshToken, user, session } = tokens
    t.same(await code.userOf(accessToken), { id: user.id, email: 'ada@example.com', sessionId: session.id })
    await t.rejects(code.userOf(refreshToken))
    await t.rejects(code.userOf(accessToken.replace(/\.[^.]+$/, `.${'A'.repeat(43)}`)))
  })
}

t.test('the documented code asks what a token is worth', async t => {
  const { tokens, code } = await documentedCode(t, 'introspection', { introspectionSecrets: [otherSecret] })
  const { accessToken, refreshToken, user } = tokens
  t.hasStrict(await code.introspect(accessToken), { active: true, tokenType: 'access_token', sub: user.id })
  t.hasStrict(await code.introspect(refreshToken), { active: true, tokenType: 'refresh_token', sub: user.id })
  t.same(await code.introspect('x'), { active: false })
})

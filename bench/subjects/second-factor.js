// Opens fast-auth on an SQLite file, with users who have an authenticator app and are in the middle of a sign-in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { sqliteStorage } from '../../dist/lib/engines/sqlite.js'
import { fastAuth } from '../../dist/lib/index.js'
import { setUpTotp, signUpUser, totpCode } from '../../dist/lib/testing/index.js'

const password = 'correct horse battery'
const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
const stepMilliseconds = 30_000

/**
 * Each call of `credentials` returns a sign-in token and the code of the next time step for each user, not headers: the clock of
 * the application goes on by one step, since an app shows one code in it.
 * @param {{ users: number }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ users }) {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const app = Fastify()
  const storage = sqliteStorage({ file: join(folder, 'auth.db') })
  let now = Date.now()
  const settings = { migrate: true, transport: /** @type {const} */ ('token'), limits: { enabled: false } }
  const passwords = { hasher: /** @type {const} */ ('bcrypt:12') }
  await app.register(fastAuth, {
    secrets: [secret],
    storage,
    ...settings,
    passwords,
    secondFactor: 'offered',
    clock: () => now,
  })
  await signUpUser(app, { email: 'person@example.com', password })

  /** @param {number} index */
  async function waitingSignIn(index) {
    const account = { email: `person-${index}@example.com`, password }
    const totp = await setUpTotp(await signUpUser(app, account), { at: now })
    const answer = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: account })
    return { signInToken: answer.json().signInToken, secret: totp.secret }
  }
  /** @type {Awaited<ReturnType<typeof waitingSignIn>>[]} */
  const waiting = []
  for (let index = 0; index < users; index += 1) waiting.push(await waitingSignIn(index))

  return {
    app,
    credentials() {
      now += stepMilliseconds
      return waiting.map(({ signInToken, secret }) => [signInToken, totpCode(secret, now)])
    },
  }
}

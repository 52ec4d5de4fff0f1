// Opens fast-auth on an SQLite file or in memory, with users who have a passkey, and the library that verifies passkeys.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import Fastify from 'fastify'
import { memoryStorage } from '../../dist/lib/engines/memory.js'
import { sqliteStorage } from '../../dist/lib/engines/sqlite.js'
import { fastAuth } from '../../dist/lib/index.js'
import { createSoftwareAuthenticator, signUpUser } from '../../dist/lib/testing/index.js'

const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
const rpId = 'example.com'
const origin = 'https://app.example.com'
const expected = { expectedOrigin: [origin], expectedRPID: rpId, requireUserVerification: true }

/** Returns a response as a server gets it. The types of the library do not allow `null`. @param {object} response @returns {any} */
const asJson = response => JSON.parse(JSON.stringify(response))

/**
 * `credentials` returns bodies of sign-ins, not headers, each with a challenge of its own. `perSecond` measures the library
 * alone, with as many concurrent verifications as the benchmark has connections.
 * @param {{ users: number, concurrent: number, isInMemory: boolean }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ users, concurrent, isInMemory }) {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const app = Fastify()
  const storage = isInMemory ? memoryStorage() : sqliteStorage({ file: join(folder, 'auth.db') })
  const settings = { migrate: true, transport: /** @type {const} */ ('token'), limits: { enabled: false } }
  const passkeys = { rpId, origins: [origin] }
  const passwords = { hasher: /** @type {const} */ ('bcrypt:10') }
  await app.register(fastAuth, { secrets: [secret], storage, ...settings, passwords, passkeys })

  /** @param {string} url */
  const requestOptions = async url => (await app.inject({ method: 'POST', url })).json()

  /** @param {number} index */
  async function owner(index) {
    const authenticator = createSoftwareAuthenticator()
    const user = await signUpUser(app, { email: `person-${index}@example.com` })
    const creation = (await user.inject({ method: 'POST', url: '/auth/passkeys/options' })).json()
    const response = authenticator.create(creation, { origin })
    await user.inject({ method: 'POST', url: '/auth/passkeys', payload: { credential: response } })
    const expectedChallenge = creation.challenge
    const verified = await verifyRegistrationResponse({ response: asJson(response), expectedChallenge, ...expected })
    if (!verified.verified) throw new Error('The library refuses the new passkey')
    return { authenticator, credential: verified.registrationInfo.credential }
  }
  /** @type {Awaited<ReturnType<typeof owner>>[]} */
  const owners = []
  for (let index = 0; index < users; index += 1) owners.push(await owner(index))

  async function use(/** @type {number} */ index) {
    const { authenticator, credential } = /** @type {Awaited<ReturnType<typeof owner>>} */ (owners[index % users])
    const request = await requestOptions('/auth/sign-in/passkey/options')
    return { credential, challenge: request.challenge, response: asJson(authenticator.get(request, { origin })) }
  }
  const known = await use(0)

  async function verify() {
    const { response, credential, challenge: expectedChallenge } = known
    const { verified } = await verifyAuthenticationResponse({ response, credential, expectedChallenge, ...expected })
    if (!verified) throw new Error('The library refuses the passkey')
  }

  return {
    app,
    async credentials(count) {
      /** @type {string[][]} */
      const bodies = []
      for (let index = 0; index < count; index += 1)
        bodies.push([JSON.stringify({ credential: (await use(index)).response })])
      return bodies
    },
    async perSecond(seconds) {
      const startedAt = performance.now()
      let count = 0
      const lanes = Array.from({ length: concurrent }, async () => {
        for (; performance.now() - startedAt < seconds * 1000; count += 1) await verify()
      })
      await Promise.all(lanes)
      return count / ((performance.now() - startedAt) / 1000)
    },
  }
}

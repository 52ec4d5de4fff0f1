import bcrypt from 'bcrypt'
import Fastify from 'fastify'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { PasswordHasher } from '../../lib/hashing/formats/password-format.js'
import { hasherOf } from '../../lib/hashing/hasher-setting.js'
import { createPepperRing } from '../../lib/hashing/pepper-ring.js'
import { selfTestHasher } from '../../lib/hashing/self-test-hasher.js'
import { fastAuth } from '../../lib/index.js'
import { otherSecret, secret } from '../support/secret.js'
import { recordHashing } from './fixtures/hashing-work.js'

for (const setting of ['bcrypt', 'argon2id', 'scrypt']) {
  t.test(`${setting} is proven with and without pepper, with the cheapest hashes there are`, async t => {
    const work = recordHashing(t)
    for (const secrets of [[], [secret], [secret, otherSecret]]) {
      await t.resolves(selfTestHasher(hasherOf(setting), createPepperRing(secrets)))
    }
    const cheapest = { bcrypt: 'bcrypt 4', argon2id: 'argon2id 8 1', scrypt: 'scrypt' }[setting]
    t.same(work(), Array(9).fill(cheapest), 'a hash, a right and a wrong password')
  })
}

const failures: Readonly<Record<string, () => Promise<string>>> = {
  'gives the same for every password': async () => 'x'.repeat(60),
  'gives another hash for the same password': async () => Math.random().toString(36).padEnd(60, '.'),
  throws: () => Promise.reject(new Error('illegal instruction')),
}

for (const [what, value] of Object.entries(failures)) {
  t.test(`a bcrypt that ${what} stops the boot with a sentence`, async t => {
    t.intercept(bcrypt, 'hash', { value })
    const app = Fastify()
    t.teardown(() => app.close())
    await t.rejects(async () => void (await app.register(fastAuth, { secrets: [secret], storage: memoryStorage() })), {
      code: 'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE',
      message: 'Passwords cannot be hashed with bcrypt:12 here: the self-test failed',
    })
  })
}

/** The cheapest bcrypt, but for what is different. */
function hasherWith(different: Partial<PasswordHasher>): PasswordHasher {
  const trial = { ...hasherOf('bcrypt').trial(), ...different }
  return { ...trial, trial: () => trial }
}

const { decoy } = hasherOf('bcrypt').trial()

const doubtful: Readonly<Record<string, Partial<PasswordHasher>>> = {
  'would replace what it has just made': { needsRehash: stored => stored !== decoy },
  'would replace its decoy': { needsRehash: stored => stored === decoy },
}

for (const [what, different] of Object.entries(doubtful)) {
  t.test(`a hasher that ${what} is not proven`, async t => {
    await t.rejects(selfTestHasher(hasherWith(different), createPepperRing([])), {
      code: 'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE',
    })
  })
}

t.test('the error of the library is the cause of the refusal', async t => {
  const broken = hasherWith({ hash: () => Promise.reject(new Error('illegal instruction')) })
  await t.rejects(selfTestHasher(broken, createPepperRing([])), { cause: { message: 'illegal instruction' } })
  await t.resolves(selfTestHasher(hasherWith({}), createPepperRing([])))
})

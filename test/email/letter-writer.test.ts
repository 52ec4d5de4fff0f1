import t from 'tap'
import type { Letter } from '../../lib/email/letter.js'
import { createLetterWriter, openLetter } from '../../lib/email/letter-writer.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'
import { createSealer } from '../../lib/tokens/sealer.js'
import { otherSecret, secret } from '../support/secret.js'

const now = 1_800_000_000_000
const hour = 3_600_000
const sealer = createSealer(createKeyring([secret]))
const writer = createLetterWriter({ sealer })
const { token } = newOneTimeToken()
const longest = `${'a'.repeat(64)}@${['b', 'c', 'd'].map(letter => letter.repeat(61)).join('.')}.ee`
const account = { userId: 'user-1', now }

const linkKinds = ['confirmEmail', 'resetPassword', 'changeEmail'] as const
const noticeKinds = ['emailChangeRequested', 'passwordChanged', 'addressTaken', 'refreshTokenReused'] as const

function everyLetter(to: string): Letter[] {
  const expiresAt = now + hour
  return [...linkKinds.map(kind => ({ kind, to, token, expiresAt })), ...noticeKinds.map(kind => ({ kind, to }))]
}

t.test('a letter comes back from the outbox as it was written', async t => {
  for (const letter of everyLetter('ada@example.com')) {
    t.same(openLetter(sealer, writer.write(letter, account)), letter)
  }
})

t.test('every sealed letter has the same length, whatever it says to whomever, decoys included', async t => {
  t.ok(longest.length >= 250 && longest.length <= 254)
  const letters = [...everyLetter('a@b.co'), ...everyLetter(longest)].map(letter => writer.write(letter, account))
  const lengths = new Set([...letters, writer.writeDecoy(now)].map(({ sealed }) => sealed.length))
  t.equal(lengths.size, 1)
})

t.test('a message with a link is worth sending for as long as its link', async t => {
  const message = writer.write({ kind: 'resetPassword', to: 'ada@example.com', token, expiresAt: now + hour }, account)
  const { id, sealed, ...rest } = message
  t.match(id, /^[0-9a-f-]{36}$/)
  t.same(rest, { userId: 'user-1', createdAt: now, nextAttemptAt: now, attempts: 0, expiresAt: now + hour })
})

t.test('a notice is worth sending for a day', async t => {
  const message = writer.write({ kind: 'passwordChanged', to: 'ada@example.com' }, account)
  t.equal(message.expiresAt, now + 24 * hour)
})

t.test('a decoy is to nobody, and looks like any other message', async t => {
  const { id, sealed, ...rest } = writer.writeDecoy(now)
  t.match(id, /^[0-9a-f-]{36}$/)
  t.same(rest, { userId: null, createdAt: now, nextAttemptAt: now, attempts: 0, expiresAt: now + 24 * hour })
  t.same(openLetter(sealer, writer.writeDecoy(now)), { kind: 'none' })
})

t.test('a letter moved to another message, or of a secret that is gone, cannot be opened', async t => {
  const message = writer.write({ kind: 'passwordChanged', to: 'ada@example.com' }, account)
  const { id } = writer.writeDecoy(now)
  t.equal(openLetter(sealer, { ...message, id }), null)
  t.equal(openLetter(createSealer(createKeyring([otherSecret])), message), null)
})

t.test('neither address nor token is readable in a message', async t => {
  const message = writer.write({ kind: 'resetPassword', to: 'ada@example.com', token, expiresAt: now + hour }, account)
  const text = JSON.stringify(message) + Buffer.from(message.sealed, 'base64url').toString('latin1')
  t.notOk(text.includes(token) || text.includes('ada@'))
})

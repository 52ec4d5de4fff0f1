import t from 'tap'
import type { Message } from '../../lib/mail/message.js'
import { createMessageWriter, openMessage } from '../../lib/mail/message-writer.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'
import { createSealer } from '../../lib/tokens/sealer.js'
import { otherSecret, secret } from '../support/secret.js'

const now = 1_800_000_000_000
const hour = 3_600_000
const sealer = createSealer(createKeyring([secret]))
const writer = createMessageWriter({ sealer })
const { token } = newOneTimeToken()
const longest = `${'a'.repeat(64)}@${['b', 'c', 'd'].map(message => message.repeat(61)).join('.')}.ee`
const account = { userId: 'user-1', now }

const linkKinds = ['confirmEmail', 'resetPassword', 'changeEmail'] as const
const noticeKinds = [
  'emailChangeRequested',
  'passwordChanged',
  'addressTaken',
  'refreshTokenReused',
  'refreshTokenRepeated',
] as const

function everyMessage(to: string): Message[] {
  const expiresAt = now + hour
  return [...linkKinds.map(kind => ({ kind, to, token, expiresAt })), ...noticeKinds.map(kind => ({ kind, to }))]
}

t.test('a message comes back from the outbox unchanged', async t => {
  for (const message of everyMessage('ada@example.com')) {
    t.same(openMessage(sealer, writer.write(message, account)), message)
  }
})

t.test('every encrypted message has the same length, whatever its text and recipient, decoys included', async t => {
  t.ok(longest.length >= 250 && longest.length <= 254)
  const messages = [...everyMessage('a@b.co'), ...everyMessage(longest)].map(message => writer.write(message, account))
  const lengths = new Set([...messages, writer.writeDecoy(now)].map(({ sealed }) => sealed.length))
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

t.test('a decoy has no recipient, and looks like any other message', async t => {
  const { id, sealed, ...rest } = writer.writeDecoy(now)
  t.match(id, /^[0-9a-f-]{36}$/)
  t.same(rest, { userId: null, createdAt: now, nextAttemptAt: now, attempts: 0, expiresAt: now + 24 * hour })
  t.same(openMessage(sealer, writer.writeDecoy(now)), { kind: 'none' })
})

t.test('a message that is moved to another row, or whose secret is gone, cannot be decrypted', async t => {
  const message = writer.write({ kind: 'passwordChanged', to: 'ada@example.com' }, account)
  const { id } = writer.writeDecoy(now)
  t.equal(openMessage(sealer, { ...message, id }), null)
  t.equal(openMessage(createSealer(createKeyring([otherSecret])), message), null)
})

t.test('neither address nor token is readable in a message', async t => {
  const message = writer.write({ kind: 'resetPassword', to: 'ada@example.com', token, expiresAt: now + hour }, account)
  const text = JSON.stringify(message) + Buffer.from(message.sealed, 'base64url').toString('latin1')
  t.notOk(text.includes(token) || text.includes('ada@'))
})

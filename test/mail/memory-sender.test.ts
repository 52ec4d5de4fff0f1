import t from 'tap'
import { memorySender } from '../../lib/mail/index.js'
import { message, soon } from './message.js'

const subjectOf = async (promise: Promise<{ readonly subject: string }>) => (await promise).subject

t.test('everything that was sent is kept, the oldest first', async t => {
  const sender = memorySender()
  await sender.send(message, soon())
  await sender.send({ ...message, to: 'bob@example.com' }, soon())
  t.same(
    sender.messages.map(({ to }) => to),
    ['ada@example.com', 'bob@example.com'],
  )
})

t.test('each message to an address answers one wait, in order, whether it came before or after', async t => {
  const sender = memorySender()
  const first = subjectOf(sender.waitForMessage('ada@example.com'))
  const second = subjectOf(sender.waitForMessage('ada@example.com'))
  for (const subject of ['1', '2', '3']) await sender.send({ ...message, subject }, soon())
  t.same(await Promise.all([first, second]), ['1', '2'])
  t.equal(await subjectOf(sender.waitForMessage('ada@example.com')), '3')
})

t.test('a message to another address resolves no pending wait', async t => {
  const sender = memorySender()
  await sender.send({ ...message, to: 'bob@example.com' }, soon())
  const waiting = sender.waitForMessage('ada@example.com', { timeoutMilliseconds: 50 })
  await sender.send({ ...message, to: 'bob@example.com' }, soon())
  await t.rejects(waiting, { message: 'No message to ada@example.com came within 50 ms' })
})

t.test('a wait that was in vain takes no message from the next one', async t => {
  const sender = memorySender()
  await t.rejects(sender.waitForMessage('ada@example.com', { timeoutMilliseconds: 1 }))
  await sender.send(message, soon())
  t.equal(await subjectOf(sender.waitForMessage('ada@example.com')), message.subject)
})

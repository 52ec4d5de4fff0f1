import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { ClaimMessages } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { EmailMessage, EmailSender } from '../../lib/mail/index.js'
import { deliveryDesk, hour, second, until, writer } from './delivery-desk.js'
import { heldSender } from './held-sender.js'

const patience = 20 * second
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `user${index}@example.com`)
const recipients = (messages: readonly EmailMessage[]) => messages.map(({ to }) => to).sort()

t.test('a message in the outbox is sent to its address, with its link, and removed from the outbox', async t => {
  const desk = deliveryDesk(t)
  const [token] = await desk.post('ada@example.com')
  await desk.delivery().drain(patience)
  t.hasStrict(desk.sender.messages, [
    { from: 'Orchard <no-reply@app.example.com>', to: 'ada@example.com', subject: 'Set a new password for Orchard' },
  ])
  t.ok(desk.sender.messages[0]?.text.includes(`https://app.example.com/auth/password/reset#token=${token}\n`))
  t.equal(await desk.takeStock(), 0)
  t.same(desk.failures, [])
})

t.test('however many messages are due, each is sent once, and no more than so many at a time', async t => {
  const desk = deliveryDesk(t)
  let inside = 0
  let most = 0
  const sender: EmailSender = {
    async send(message, signal) {
      inside += 1
      most = Math.max(most, inside)
      await delay(2)
      inside -= 1
      await desk.sender.send(message, signal)
    },
  }
  await desk.post(...addresses(23))
  await desk.delivery({ sender, concurrency: 3 }).drain(patience)
  t.same(recipients(desk.sender.messages), addresses(23).sort())
  t.equal(most, 3)
})

t.test('nothing is sent before the worker is notified', async t => {
  const desk = deliveryDesk(t)
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ pollSeconds: 0.005 })
  await delay(50)
  t.equal(desk.sender.messages.length, 0)
  delivery.notify()
  await desk.sender.waitForMessage('ada@example.com')
})

t.test('a worker that was notified once finds later messages by itself', async t => {
  const desk = deliveryDesk(t)
  const delivery = desk.delivery({ pollSeconds: 0.02 })
  await delivery.drain(patience)
  await desk.post('ada@example.com')
  await desk.sender.waitForMessage('ada@example.com')
})

t.test('waking a delivery a hundred times looks into the outbox once or twice', async t => {
  const desk = deliveryDesk(t)
  let claims = 0
  const outbox = {
    ...desk.storage.outbox,
    async claim(request: ClaimMessages) {
      claims += 1
      await delay(5)
      return desk.storage.outbox.claim(request)
    },
  }
  const delivery = desk.delivery({ outbox })
  for (let count = 0; count < 100; count += 1) delivery.notify()
  await delivery.drain(patience)
  t.ok(claims === 1 || claims === 2, `${claims} looks`)
})

t.test('a message that comes while the outbox is looked at is sent without waiting for the next look', async t => {
  const desk = deliveryDesk(t)
  let isFirst = true
  const outbox = {
    ...desk.storage.outbox,
    async claim(request: ClaimMessages) {
      const claimed = await desk.storage.outbox.claim(request)
      if (isFirst) await desk.post('late@example.com')
      if (isFirst) delivery.notify()
      isFirst = false
      return claimed
    },
  }
  const delivery = desk.delivery({ outbox, pollSeconds: 60 })
  delivery.notify()
  await desk.sender.waitForMessage('late@example.com')
})

t.test('of two deliveries on one outbox, exactly one sends each message', async t => {
  const desk = deliveryDesk(t)
  await desk.post(...addresses(50))
  const deliveries = [desk.delivery(), desk.delivery()]
  await Promise.all(deliveries.map(delivery => delivery.drain(patience)))
  t.same(recipients(desk.sender.messages), addresses(50).sort())
})

t.test('a message of a process that died is sent by another when the lease ends, and not before', async t => {
  const desk = deliveryDesk(t)
  await desk.post('ada@example.com')
  const { now } = desk
  await desk.storage.outbox.claim({ now, leaseUntil: now + 60 * second, limit: 10 })
  const survivor = desk.delivery()
  desk.now = now + 60 * second - 1
  await survivor.drain(patience)
  t.equal(desk.sender.messages.length, 0)
  desk.now = now + 60 * second
  await survivor.drain(patience)
  t.equal(desk.sender.messages.length, 1)
})

t.test('a message under way is leased for a minute', async t => {
  const desk = deliveryDesk(t)
  const held = heldSender()
  await desk.post('ada@example.com')
  desk.delivery({ sender: held.sender }).notify()
  await until(() => held.under.length === 1)
  const claimAt = (now: number) => desk.storage.outbox.claim({ now, leaseUntil: now, limit: 1 })
  t.equal((await claimAt(desk.now + 60 * second - 1)).length, 0)
  t.equal((await claimAt(desk.now + 60 * second)).length, 1)
  held.release()
})

t.test('a decoy is never sent, and goes without a word', async t => {
  const desk = deliveryDesk(t)
  await desk.storage.outbox.add({ messages: [writer.writeDecoy(desk.now)] })
  await desk.delivery().drain(patience)
  t.same([desk.sender.messages, desk.failures], [[], []])
  t.equal(await desk.takeStock(), 0)
})

t.test('a message that cannot be read is removed, and reported', async t => {
  const desk = deliveryDesk(t)
  const message = { ...writer.writeDecoy(desk.now), sealed: 'garbled' }
  await desk.storage.outbox.add({ messages: [message] })
  await desk.delivery().drain(patience)
  t.hasStrict(desk.failures, [{ reason: 'unreadable', messageId: message.id, attempt: 1, willRetry: false }])
  t.equal(desk.sender.messages.length, 0)
  t.equal(await desk.takeStock(), 0)
})

t.test('a message whose link has expired is not sent', async t => {
  const desk = deliveryDesk(t)
  await desk.post('ada@example.com')
  desk.now += hour
  await desk.delivery().drain(patience)
  t.equal(desk.sender.messages.length, 0)
})

t.test(
  'while the storage is down the worker polls less and less often, reports each failure, and throws nothing',
  async t => {
    const desk = deliveryDesk(t)
    const storage = memoryStorage()
    await storage.close()
    const delivery = desk.delivery({ outbox: storage.outbox, pollSeconds: 0.01 })
    delivery.notify()
    await delay(600)
    t.ok(desk.failures.length >= 2 && desk.failures.length <= 6, `${desk.failures.length} failures`)
    t.hasStrict(desk.failures.slice(0, 2), [
      { reason: 'storage', messageId: null, attempt: 1, willRetry: true },
      { reason: 'storage', messageId: null, attempt: 2, willRetry: true },
    ])
  },
)

t.test('a message that comes while the storage fails is not forgotten until the next look', async t => {
  const desk = deliveryDesk(t)
  let isFirst = true
  const outbox = {
    ...desk.storage.outbox,
    async claim(request: ClaimMessages) {
      if (!isFirst) return desk.storage.outbox.claim(request)
      isFirst = false
      await desk.post('ada@example.com')
      delivery.notify()
      throw new Error('down')
    },
  }
  const delivery = desk.delivery({ outbox, pollSeconds: 60 })
  delivery.notify()
  await desk.sender.waitForMessage('ada@example.com')
  t.equal(desk.failures.length, 1)
})

t.test('when the storage answers again, messages are sent without a notification', async t => {
  const desk = deliveryDesk(t)
  let isDown = true
  const outbox = {
    ...desk.storage.outbox,
    async claim(request: ClaimMessages) {
      if (isDown) throw new Error('down')
      return desk.storage.outbox.claim(request)
    },
  }
  await desk.post('ada@example.com')
  desk.delivery({ outbox, pollSeconds: 0.01 }).notify()
  await until(() => desk.failures.length >= 2)
  isDown = false
  await desk.sender.waitForMessage('ada@example.com')
})

t.test('a delivery keeps no process alive', async t => {
  const desk = deliveryDesk(t)
  await desk.delivery().drain(patience)
  t.notOk(process.getActiveResourcesInfo().includes('Timeout'))
})

import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { ClaimMessages } from '../../lib/composition/storage.js'
import type { EmailSender } from '../../lib/mail/index.js'
import { deliveryDesk, second, until } from './delivery-desk.js'
import { heldSender } from './held-sender.js'

const patience = 20 * second
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `user${index}@example.com`)

t.test('draining waits for pending messages, but not longer than its deadline', async t => {
  const desk = deliveryDesk(t)
  const held = heldSender()
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ sender: held.sender })
  const startedAt = Date.now()
  await delivery.drain(50)
  t.ok(Date.now() - startedAt >= 45)
  t.equal(held.under.length, 1)
  let isDrained = false
  const drained = delivery.drain(patience).then(() => {
    isDrained = true
  })
  await delay(20)
  t.equal(isDrained, false)
  held.release()
  await drained
  t.equal(await desk.takeStock(), 0)
})

t.test('closing aborts the sender’s pending call, and leaves the message to be sent again', async t => {
  const desk = deliveryDesk(t)
  const held = heldSender()
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ sender: held.sender })
  delivery.notify()
  await until(() => held.under.length === 1)
  await delivery.close()
  t.equal(held.signals[0]?.aborted, true)
  t.match(desk.failures, [{ reason: 'send', error: { message: 'The application is closing' }, willRetry: true }])
  desk.now += 10 * second
  await desk.delivery().drain(patience)
  t.equal(desk.sender.messages.length, 1)
})

t.test('a message that is claimed while the worker closes is put back, not sent', async t => {
  const desk = deliveryDesk(t)
  const outbox = {
    ...desk.storage.outbox,
    async claim(request: ClaimMessages) {
      const claimed = await desk.storage.outbox.claim(request)
      closed = delivery.close()
      return claimed
    },
  }
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ outbox })
  let closed: Promise<void> | undefined
  delivery.notify()
  await until(() => closed !== undefined)
  await closed
  t.equal(desk.sender.messages.length, 0)
  desk.now += 10 * second
  await desk.delivery().drain(patience)
  t.equal(desk.sender.messages.length, 1)
})

t.test('a delivery that is closing takes no message that waits for its turn', async t => {
  const desk = deliveryDesk(t)
  const held = heldSender()
  await desk.post(...addresses(2))
  const delivery = desk.delivery({ sender: held.sender, concurrency: 1 })
  delivery.notify()
  await until(() => held.under.length === 1)
  await delivery.close()
  t.equal(held.under.length, 1)
  t.equal(await desk.takeStock(), 2)
})

t.test('a closed delivery sends nothing more, and has closed its sender once', async t => {
  const desk = deliveryDesk(t)
  let closings = 0
  const sender: EmailSender = {
    send: (message, signal) => desk.sender.send(message, signal),
    async close() {
      closings += 1
    },
  }
  const delivery = desk.delivery({ sender, pollSeconds: 0.005 })
  await delivery.drain(patience)
  await delivery.close()
  await desk.post('ada@example.com')
  delivery.notify()
  await delivery.drain(patience)
  await delay(50)
  t.equal(desk.sender.messages.length, 0)
  t.equal(closings, 1)
})

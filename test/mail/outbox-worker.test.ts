import t from 'tap'
import type { OutboxStore } from '../../lib/composition/storage.js'
import type { EmailSender } from '../../lib/mail/index.js'
import type { Measure } from '../../lib/telemetry/create-measure.js'
import { deliveryDesk, hour, second } from './delivery-desk.js'

const patience = 20 * second

function failingSender(error = new Error('450 busy')): EmailSender & { attempts: number } {
  const sender = {
    attempts: 0,
    async send() {
      sender.attempts += 1
      throw error
    },
  }
  return sender
}

t.test(
  'a message that fails is tried again after 5 s, 10 s, 20 s … 1 h, give or take a fifth, not earlier',
  async t => {
    const desk = deliveryDesk(t)
    const sender = failingSender()
    const gaps: number[] = []
    const outbox: OutboxStore = {
      ...desk.storage.outbox,
      postpone(request) {
        gaps.push(request.nextAttemptAt - desk.now)
        return desk.storage.outbox.postpone(request)
      },
    }
    const delivery = desk.delivery({ outbox, sender })
    await desk.postNotice('ada@example.com')
    for (const [index, middle] of [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600].entries()) {
      await delivery.drain(patience)
      t.equal(sender.attempts, index + 1)
      const gap = gaps.at(-1) ?? 0
      t.ok(gap >= 800 * middle && gap <= 1200 * middle, `${gap} ms where ${middle} s is meant`)
      desk.now += gap - 1
      await delivery.drain(patience)
      t.equal(sender.attempts, index + 1)
      desk.now += 1
    }
    t.same(
      desk.failures.map(({ attempt }) => attempt),
      gaps.map((_, index) => index + 1),
    )
  },
)

t.test(
  'a message that cannot be tried again while its link is valid is given up, and reported for the last time',
  async t => {
    const desk = deliveryDesk(t)
    const sender = failingSender()
    const delivery = desk.delivery({ sender })
    await desk.post('ada@example.com')
    desk.now += hour - 3 * second
    await delivery.drain(patience)
    t.hasStrict(desk.failures, [{ reason: 'send', kind: 'resetPassword', attempt: 1, willRetry: false }])
    t.same(desk.givenUp, ['expired'])
    t.equal(await desk.takeStock(), 0)
  },
)

t.test('a failure is reported with the kind of message, the attempt and the error, and without the token', async t => {
  const desk = deliveryDesk(t)
  const [token = ''] = await desk.post('ada@example.com')
  const error = Object.assign(new Error(`554 spam: #token=${token}`), { code: 'EMESSAGE', response: token })
  await desk.delivery({ sender: failingSender(error) }).drain(patience)
  t.match(desk.failures, [
    {
      reason: 'send',
      kind: 'resetPassword',
      attempt: 1,
      willRetry: true,
      error: { message: '554 spam: #token=[token]', code: 'EMESSAGE' },
    },
  ])
  const [failure] = desk.failures
  t.notOk(JSON.stringify([failure, failure?.error.stack, failure?.error.message, failure?.error.cause]).includes(token))
})

t.test('words that cannot be had are a failed attempt like any other', async t => {
  const desk = deliveryDesk(t)
  await desk.postNotice('ada@example.com')
  const compose = async () => {
    throw new Error('no template')
  }
  await desk.delivery({ compose }).drain(patience)
  t.match(desk.failures, [
    { reason: 'send', kind: 'passwordChanged', willRetry: true, error: { message: 'no template' } },
  ])
})

t.test('a sender that never answers is aborted after the deadline, and other messages are sent', async t => {
  const desk = deliveryDesk(t)
  const signals: AbortSignal[] = []
  const sender: EmailSender = {
    send(message, signal) {
      if (message.to !== 'mute@example.com') return desk.sender.send(message, signal)
      signals.push(signal)
      return new Promise(() => {})
    },
  }
  await desk.post('mute@example.com', 'ada@example.com')
  await desk.delivery({ sender, sendTimeoutSeconds: 0.1 }).drain(patience)
  t.equal(desk.sender.messages.length, 1)
  t.match(desk.failures, [{ reason: 'send', error: { message: 'The message was not sent within 100 ms' } }])
  t.equal(signals[0]?.aborted, true)
})

t.test('a sent message is not sent again if the outbox could not be updated immediately', async t => {
  const desk = deliveryDesk(t)
  let isDown = true
  const outbox = {
    ...desk.storage.outbox,
    async remove(request: { readonly messageId: string }) {
      if (isDown) throw new Error('down')
      return desk.storage.outbox.remove(request)
    },
  }
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ outbox })
  await delivery.drain(patience)
  t.match(desk.failures, [{ reason: 'storage', attempt: 1, willRetry: true, error: { message: 'down' } }])
  isDown = false
  desk.now += 60 * second
  await delivery.drain(patience)
  t.equal(desk.sender.messages.length, 1)
  t.equal(await desk.takeStock(), 0)
})

t.test('a failed message that cannot be put off is tried again when its lease ends', async t => {
  const desk = deliveryDesk(t)
  const outbox = {
    ...desk.storage.outbox,
    async postpone() {
      throw new Error('down')
    },
  }
  const sender = failingSender()
  await desk.post('ada@example.com')
  const delivery = desk.delivery({ outbox, sender })
  await delivery.drain(patience)
  t.hasStrict(desk.failures, [{ reason: 'send' }, { reason: 'storage', willRetry: true }])
  desk.now += 60 * second - 1
  await delivery.drain(patience)
  t.equal(sender.attempts, 1)
  desk.now += 1
  await delivery.drain(patience)
  t.equal(sender.attempts, 2)
})

t.test('each attempt is counted: put off, given up, unreadable or sent', async t => {
  const desk = deliveryDesk(t)
  const outcomes: string[] = []
  const measure: Measure = ({ name, labels }) => {
    if (name === 'fast_auth_messages_total') outcomes.push(labels.outcome)
  }
  await desk.post('ada@example.com')
  const failing = desk.delivery({ sender: failingSender(), measure })
  await failing.drain(patience)
  desk.now += hour - 3 * second
  await failing.drain(patience)
  await failing.close()
  t.same(outcomes, ['put_off', 'given_up'])
  await desk.post('ada@example.com')
  await desk.delivery({ open: () => null, measure }).drain(patience)
  await desk.post('ada@example.com')
  await desk.delivery({ measure }).drain(patience)
  t.same(outcomes, ['put_off', 'given_up', 'unreadable', 'sent'])
  t.same(desk.givenUp, ['expired', 'unreadable'])
})

import t from 'tap'
import { createSessionKeeper } from '../../lib/client/session-keeper.js'
import { createSessionHolder } from '../../lib/client/session-state.js'
import { createTurns } from '../../lib/client/turns.js'
import { testApplication } from '../support/test-application.js'

t.test('the end of a session that is answered late does not sign out who has signed in since', async t => {
  const { app } = await testApplication(t)
  const { body } = await app.inject({
    method: 'POST',
    url: '/auth/sign-up',
    payload: { email: 'ada@example.com', password: 'correct horse battery' },
  })
  const holder = createSessionHolder()
  const notified: unknown[] = []
  const tabs = { notify: (message: unknown) => notified.push(message), close: () => undefined }
  const keeper = createSessionKeeper({ holder, tokens: null, tabs: () => tabs })
  const before = keeper.era
  await keeper.began(JSON.parse(body))
  await keeper.ended(before)
  t.hasStrict(holder.current, { status: 'signed-in', user: { email: 'ada@example.com' } })
  t.equal(notified.length, 1)
  await keeper.ended(keeper.era)
  t.equal(holder.current.status, 'signed-out')
})

t.test('an operation that must not run twice is skipped while another tab holds the lock', async t => {
  const { inTurn, unlessTaken } = createTurns({ lockName: null, patienceMilliseconds: 1000 })
  let finish = () => {}
  const held = new Promise<void>(resolve => {
    finish = resolve
  })
  const first = inTurn(() => held)
  let isDone = false
  const second = unlessTaken(async () => {
    isDone = true
  })
  finish()
  await first
  t.equal(await second, null)
  t.equal(isDone, false)
  t.equal(await unlessTaken(async () => 'mine'), 'mine')
})

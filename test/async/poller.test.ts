import t, { type Test } from 'tap'
import { createPoller } from '../../lib/async/poller.js'

/** A poller whose polls last until the test ends them. */
function heldPoller(t: Test, pauses: { readonly pause?: number; readonly soon?: number } = {}) {
  const { pause = 1000, soon = 0 } = pauses
  const polls: { finish(): void; readonly signal: AbortSignal }[] = []
  const begun: (() => void)[] = []
  const poller = createPoller({
    poll: signal =>
      new Promise(finish => {
        polls.push({ finish: () => finish(), signal })
        begun.shift()?.()
      }),
    pauseSeconds: () => pause,
    soonPauseSeconds: () => soon,
  })
  // Its timer keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => {
    clearInterval(alive)
    for (const { finish } of polls) finish()
    return poller.stop()
  })
  const nextPoll = () => new Promise<void>(resolve => begun.push(resolve))
  const finishLast = async () => {
    polls.at(-1)?.finish()
    await new Promise(setImmediate)
  }
  return { ...poller, polls, nextPoll, finishLast }
}

t.test('polls never overlap: several calls during a poll cause one more, immediately after it', async t => {
  const { pollNow, pollSoon, polls, finishLast } = heldPoller(t)
  const done = pollNow()
  for (let call = 0; call < 5; call++) void pollNow()
  pollSoon()
  t.equal(polls.length, 1)
  await finishLast()
  t.equal(polls.length, 2)
  await finishLast()
  await done
  t.equal(polls.length, 2)
})

t.test('a poll follows after the pause, and after a shorter one if it was asked for', async t => {
  const { pollNow, pollSoon, polls, finishLast, nextPoll } = heldPoller(t)
  void pollNow()
  await finishLast()
  const second = nextPoll()
  pollSoon()
  await second
  pollSoon()
  const third = nextPoll()
  await finishLast()
  await third
  t.equal(polls.length, 3)
})

t.test('pollNow between two polls does not wait for the pause, and polls once', async t => {
  const { pollNow, polls, finishLast } = heldPoller(t, { pause: 0.005 })
  void pollNow()
  await finishLast()
  const done = pollNow()
  t.equal(polls.length, 2)
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(polls.length, 2, 'the timer of the first pause is gone')
  await finishLast()
  await done
})

t.test('pollSoon before the first poll does nothing', async t => {
  const { pollSoon, polls } = heldPoller(t)
  pollSoon()
  await new Promise(resolve => setTimeout(resolve, 5))
  t.equal(polls.length, 0)
})

t.test('a stopped poller aborts the signal of its poll, waits for it, and polls no more', async t => {
  const { pollNow, pollSoon, startIn, stop, polls, finishLast } = heldPoller(t)
  void pollNow()
  void pollNow()
  let isStopped = false
  const stopped = stop().then(() => {
    isStopped = true
  })
  t.ok(polls[0]?.signal.aborted)
  await new Promise(setImmediate)
  t.notOk(isStopped)
  await finishLast()
  await stopped
  pollSoon()
  await pollNow()
  startIn(0)
  await new Promise(resolve => setTimeout(resolve, 5))
  t.equal(polls.length, 1)
})

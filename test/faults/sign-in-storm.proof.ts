import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { get, signIn, signUp } from './fixtures/auth-client.js'
import { createHistory, type History } from './fixtures/history.js'
import { record } from './fixtures/record.js'
import { conclude, percentile } from './fixtures/report.js'
import { startServer } from './fixtures/server-process.js'

/** Four times so long is what it takes: 150 for ten minutes. */
const phaseSeconds = Number(process.env.FAULT_STORM_SECONDS) || 2
const factors = [0.5, 1, 2, 5]
const maximumGrowthMegabytes = 64
const protectedEveryMilliseconds = 20
// Far more than it takes, for a machine that is busy.
t.setTimeout(120_000 + factors.length * phaseSeconds * 4_000)

function megabytesOf(pid: number): number {
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024
}

/** How many hashes a second the server computes when there are always some to compute. */
async function capacityOf(url: string, seconds: number): Promise<number> {
  const endsAt = performance.now() + seconds * 1000
  let done = 0
  const one = async () => {
    while (performance.now() < endsAt) {
      await signIn(url)
      done += 1
    }
  }
  await Promise.all([one(), one(), one(), one()])
  return done / seconds
}

interface Phase {
  readonly offered: number
  readonly goodput: number
  readonly busy: number
  readonly signInMedian: number
  readonly protectedTimes: readonly number[]
}

/** Sign-ins arrive at this rate, whatever becomes of those before; protected routes are asked meanwhile. */
async function storm(history: History, url: string, accessToken: string, rate: number): Promise<Phase> {
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1000
  const signIns: Promise<{ readonly status: number; readonly milliseconds: number }>[] = []
  const protectedTimes: number[] = []

  async function attempt() {
    const beganAt = performance.now()
    const answer = await record(history, { kind: 'signIn', about: 'ada@example.com' }, () => signIn(url))
    return { status: answer?.status ?? 0, milliseconds: performance.now() - beganAt }
  }

  async function callAllTheTime(): Promise<void> {
    while (elapsed() < phaseSeconds) {
      const beganAt = performance.now()
      await record(history, { kind: 'call', about: 'bea' }, () => get(url, '/hello', accessToken))
      protectedTimes.push(performance.now() - beganAt)
      await sleep(protectedEveryMilliseconds)
    }
  }

  const calling = callAllTheTime()
  while (elapsed() < phaseSeconds) {
    while (signIns.length < elapsed() * rate) signIns.push(attempt())
    await sleep(5)
  }
  await calling
  const answers = await Promise.all(signIns)
  const seconds = elapsed()
  const good = answers.filter(({ status }) => status === 200)
  return {
    offered: answers.length / phaseSeconds,
    goodput: good.length / seconds,
    busy: answers.length - good.length,
    signInMedian: percentile(
      good.map(({ milliseconds }) => milliseconds),
      50,
    ),
    protectedTimes,
  }
}

t.test('a storm of sign-ins takes neither the protected routes nor the sign-ins that there is time for', async t => {
  const file = join(t.testdir({}), 'auth.db')
  // A hash that takes a while: it is the hashing that is overrun, not the machine of the test.
  const { url, pid } = await startServer(t, `sqlite:${file}`, { passwords: { hasher: 'bcrypt:10' } })
  const history = createHistory('sign-in storm')
  await signUp(url)
  // This session belongs to another user: each sign-in past the maximum ends the oldest session of its user.
  const { tokens } = await signUp(url, 'bea@example.com')
  const capacity = await capacityOf(url, Math.min(phaseSeconds, 10))
  const memory: number[] = []
  const goodputs: number[] = []

  for (const factor of factors) {
    const phase = await storm(history, url, tokens.accessToken, capacity * factor)
    memory.push(megabytesOf(pid))
    goodputs.push(phase.goodput)
    const p99 = percentile(phase.protectedTimes, 99)
    t.comment(
      `${factor} × ${capacity.toFixed(1)}/s: offered ${phase.offered.toFixed(1)}/s, answered 200 ${phase.goodput.toFixed(1)}/s, ` +
        `503 ${phase.busy}; sign-in median ${Math.round(phase.signInMedian)} ms; protected ` +
        `p50 ${percentile(phase.protectedTimes, 50).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ${Math.round(memory.at(-1) ?? 0)} MB`,
    )
    if (factor < 5) continue
    t.ok(phase.busy > 0, 'some sign-ins are refused')
    t.ok(phase.goodput > Math.max(...goodputs) / 2, 'but as many as ever, or nearly')
    t.ok(p99 < phase.signInMedian, 'a protected route does not wait with those who sign in')
  }
  const growth = Math.max(...memory) - (memory[0] ?? 0)
  t.ok(growth < maximumGrowthMegabytes, `${Math.round(growth)} MB more than at first`)
  const statuses = new Set(history.entries.map(entry => (entry.kind === 'fault' ? null : entry.status)))
  t.same([...statuses].sort(), [200, 503])
  t.ok(
    history.entries.every(entry => entry.kind !== 'call' || entry.status === 200),
    'no protected route was refused',
  )
  conclude(t, 'sign-in storm', history)
})

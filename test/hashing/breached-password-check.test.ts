import t from 'tap'
import { type BreachedPasswordCheck, createBreachedPasswords } from '../../lib/hashing/breached-password-check.js'

const timeoutMilliseconds = 10_000
const password = 'correct horse battery'

t.test('without a check every password passes', async t => {
  t.equal(await createBreachedPasswords({ check: undefined, timeoutMilliseconds })(password), 'passed')
})

t.test('the check is asked for the password in NFC, and listened to', async t => {
  const asked: string[] = []
  const check = async (text: string) => asked.push(text) > 1
  const breached = createBreachedPasswords({ check, timeoutMilliseconds })
  t.equal(await breached('cafe\u0301 au lait'), 'passed')
  t.equal(await breached(password), 'breached')
  t.strictSame(asked, ['café au lait', password])
})

t.test('a check that throws, rejects or answers nonsense has failed', async t => {
  const throwing = () => {
    throw new Error('no network')
  }
  const checks = [throwing, async () => throwing(), async () => undefined, async () => 'yes', async () => 3]
  for (const check of checks) {
    const breached = createBreachedPasswords({ check: check as unknown as BreachedPasswordCheck, timeoutMilliseconds })
    t.equal(await breached(password), 'failed')
  }
})

t.test('a late check is reported as late, and its result is ignored', async t => {
  const signals: AbortSignal[] = []
  const check = (_: string, { signal }: { readonly signal: AbortSignal }) => {
    signals.push(signal)
    return new Promise<boolean>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  t.equal(await createBreachedPasswords({ check, timeoutMilliseconds: 20 })(password), 'timedOut')
  t.strictSame(
    signals.map(({ aborted }) => aborted),
    [true],
  )
})

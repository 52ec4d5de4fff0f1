import t from 'tap'
import { authorize, startExample } from './fixtures/start-example.js'

t.test('the example of metrics shows a sign-up, a sign-in and what they took', async t => {
  const { url } = await startExample(t, 'metrics.js')
  await authorize(url, 'sign-up')
  await authorize(url, 'sign-in')
  const page = await fetch(`${url}/metrics`)
  t.match(page.headers.get('content-type'), 'text/plain')
  const text = await page.text()
  t.match(text, 'fast_auth_events_total{event="authn_login_success",reason=""} 2')
  t.match(text, 'fast_auth_hash_run_seconds_count 2')
  t.match(text, 'fast_auth_storage_call_seconds_count{method="sessions.open",outcome="done"} 1')
  t.match(text, /^fast_auth_feed_read_timestamp_seconds \d+/m)
  t.match(text, /^nodejs_eventloop_lag_seconds /m)
  t.notMatch(text, 'ada@example')
})

interface Span {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly attributes: { readonly method?: string }
  readonly events: readonly { readonly name: string }[]
}

/** The spans within the one of this name, the last. */
function within(spans: readonly Span[], name: string): string[] {
  const request = spans.findLast(span => span.name === name)
  return spans.filter(({ parentId }) => parentId === request?.id).map(span => span.attributes.method ?? span.name)
}

t.test('the example of tracing has a span a request, with the storage and the hashing in it', async t => {
  const { url } = await startExample(t, 'tracing.js')
  await authorize(url, 'sign-up')
  const body = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery', transport: 'token' })
  const headers = { 'content-type': 'application/json' }
  const signIn = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers, body })
  const { refreshToken } = JSON.parse(await signIn.text())
  await fetch(`${url}/auth/refresh`, { method: 'POST', headers, body: JSON.stringify({ refreshToken }) })
  const spans: Span[] = JSON.parse(await (await fetch(`${url}/spans`)).text())
  t.same(within(spans, 'POST /auth/sign-in'), ['users.findByEmail', 'hash a password', 'sessions.open'])
  t.same(within(spans, 'POST /auth/refresh'), ['sessions.rotate'])
  const signedIn = spans.find(({ name }) => name === 'POST /auth/sign-in')
  t.hasStrict(signedIn?.events, [{ name: 'authn_login_success' }])
  t.notMatch(JSON.stringify(spans), /ada@example|bcrypt/)
})

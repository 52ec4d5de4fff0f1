// Spans for sign-ins, refreshes and every other request, and within them for the storage and for hashing.
// Run it: npm run build && node examples/tracing.js
import { channel, tracingChannel } from 'node:diagnostics_channel'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

// Yours sends them somewhere, with an exporter of @opentelemetry/exporter-trace-otlp-http for example.
const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
const tracer = trace.getTracer('fast-auth')

const app = Fastify({ logger: { level: 'warn' } })

// One span a request, as the plugin @fastify/otel would make them. The name is the route's pattern, never the URL.
app.addHook('onRequest', (request, reply, done) => {
  const name = `${request.method} ${request.routeOptions.url ?? 'unknown'}`
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER })
  reply.raw.once('close', () => {
    span.setAttribute('http.response.status_code', reply.statusCode)
    span.end()
  })
  context.with(trace.setSpan(context.active(), span), done)
})

/**
 * Creates a span for each step that fast-auth publishes on this channel, within the span of the request.
 * @param {string} steps
 * @param {string} name
 */
function traceSteps(steps, name) {
  /** @type {WeakMap<object, import('@opentelemetry/api').Span>} */
  const spans = new WeakMap()
  tracingChannel(steps).subscribe({
    start(step) {
      const attributes = 'method' in step ? { method: String(step.method) } : {}
      spans.set(step, tracer.startSpan(name, { attributes }))
    },
    error: step => void spans.get(step)?.setStatus({ code: SpanStatusCode.ERROR }),
    asyncEnd: step => void spans.get(step)?.end(),
    end() {},
    asyncStart() {},
  })
}

traceSteps('fast-auth:storage', 'storage call')
traceSteps('fast-auth:hash', 'hash a password')

// What happened to an account is noted on the span of its request.
for (const name of ['authn_login_success', 'authn_login_fail', 'session_renewed', 'authn_token_reuse']) {
  channel(`fast-auth:${name}`).subscribe(event => {
    const { reason = '' } = /** @type {import('fast-auth').AuthEvent} */ (event)
    trace.getActiveSpan()?.addEvent(name, { reason })
  })
}

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  // Plain HTTP on this machine only: leave it out where there is HTTPS.
  cookies: { secure: false },
})

app.get('/spans', async () =>
  exporter.getFinishedSpans().map(span => ({
    id: span.spanContext().spanId,
    parentId: span.parentSpanContext?.spanId ?? null,
    name: span.name,
    attributes: span.attributes,
    failed: span.status.code === SpanStatusCode.ERROR,
    events: span.events.map(({ name, attributes }) => ({ name, ...attributes })),
  })),
)

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)

// Creates a span for every request, and within it spans for storage calls and for hashing.
// Run it: npm run build && node examples/tracing.js
import { channel, tracingChannel } from 'node:diagnostics_channel'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

// In production, send the spans to a collector, for example with @opentelemetry/exporter-trace-otlp-http.
const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
const tracer = trace.getTracer('fast-auth')

const app = Fastify({ logger: { level: 'warn' } })

// Creates one span for each request, like the plugin @fastify/otel. Its name is the pattern of the route, never the URL.
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

// Records the events of an account on the span of the request.
for (const name of ['authn_login_success', 'authn_login_fail', 'session_renewed', 'authn_token_reuse']) {
  channel(`fast-auth:${name}`).subscribe(event => {
    const { reason = '' } = /** @type {import('fast-auth').AuthEvent} */ (event)
    trace.getActiveSpan()?.addEvent(name, { reason })
  })
}

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
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

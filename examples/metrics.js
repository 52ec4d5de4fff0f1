// Serves a page of measurements for Prometheus.
// Run it: npm run build && node examples/metrics.js, then open /metrics
import { fastAuth, metricCatalogue } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const registry = new Registry()
// Adds memory, processor time and the delay of the event loop.
collectDefaultMetrics({ register: registry })

/** The functions that record a measurement, by its name. @type {Map<string, (measurement: import('fast-auth').Measurement) => void>} */
const record = new Map()
for (const [name, metric] of Object.entries(metricCatalogue)) {
  const settings = { name, help: metric.help, labelNames: [...metric.labelNames], registers: [registry] }
  if (metric.kind === 'histogram') {
    const histogram = new Histogram({ ...settings, buckets: [...metric.buckets] })
    record.set(name, ({ labels, value }) => histogram.observe(labels, value))
  } else if (metric.kind === 'gauge') {
    const gauge = new Gauge(settings)
    record.set(name, ({ labels, value }) => gauge.set(labels, value))
  } else {
    const counter = new Counter(settings)
    record.set(name, ({ labels, value }) => counter.inc(labels, value))
  }
}

const app = Fastify({ logger: { level: 'warn' } })

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
  metrics: measurement => record.get(measurement.name)?.(measurement),
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

// Do not publish this route: let the proxy refuse external requests, or serve it on a separate port.
app.get('/metrics', async (_request, reply) => {
  reply.type(registry.contentType)
  return registry.metrics()
})

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)

import { readFileSync } from 'node:fs'
import t from 'tap'
import { noteworthyEvents } from '../../lib/events/noteworthy-events.js'
import { metricCatalogue } from '../../lib/telemetry/metric-catalogue.js'
import { pathsIn } from '../architecture/read-sources.js'
import { startExample } from '../examples/fixtures/start-example.js'
import { table } from './readme.js'

const file = 'docs/observability.md'

interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: readonly string[]
}

const call = /\blog\??\.(debug|info|warn|error|fatal)\((?:\{([^}]*)\}, )?(['"`])([^\n]*?)\3/g
const anyCall = /\blog(?:\.(?:trace|debug|info|warn|error|fatal)|\[[^\]]*\])+\(/g

/** The messages that the source logs, and the number of calls. */
function logCalls(path: string): { readonly lines: readonly LogLine[]; readonly count: number } {
  const text = readFileSync(path, 'utf8')
  const lines = Array.from(text.matchAll(call), ([, level = '', fields = '', , message = '']) => ({
    level,
    message: message.replaceAll(/\$\{[^}]*\}/g, '…'),
    fields: Array.from(fields.matchAll(/(?:^|,)\s*(\w+)/g), ([, name = '']) => name),
  }))
  return { lines, count: Array.from(text.matchAll(anyCall)).length }
}

/** Calls whose text stands elsewhere: an event's name, and two warnings of serve. */
const indirect: Readonly<Record<string, number>> = { 'lib/events/emitter.ts': 1, 'lib/cli/serve.ts': 2 }

const sources = pathsIn('lib').filter(path => path.endsWith('.ts'))
const documented = [...table('log lines', file).slice(2), ...table('log lines of serve', file)]

t.test('every line of the log is documented with its level, and none that there is not', async t => {
  const written = sources.flatMap(path => logCalls(path).lines)
  const elsewhere = documented.filter(([, message]) =>
    /^(?:JWT_SECRET_KEY is not set|TRUST_PROXY is true)/.test(message ?? ''),
  )
  t.same(
    documented
      .filter(row => !elsewhere.includes(row))
      .map(([level, message]) => `${level} ${message}`)
      .sort(),
    written.map(({ level, message }) => `${level} ${message}`).sort(),
  )
  const source = readFileSync('lib/cli/serve.ts', 'utf8').replaceAll(/\$\{[^}]*\}/g, '…')
  t.equal(elsewhere.length, 2)
  for (const [, message = ''] of elsewhere)
    t.ok(source.includes(message), 'a warning of serve is worded as it is documented')
})

t.test('no call of the log escapes this comparison', async t => {
  for (const path of sources) {
    const { lines, count } = logCalls(path)
    t.equal(count, lines.length + (indirect[path] ?? 0), path)
  }
})

t.test('the fields of a line are documented', async t => {
  const fieldsOf = new Map(documented.map(([, message, fields = '']) => [message, fields.split(', ')]))
  for (const { message, fields } of sources.flatMap(path => logCalls(path).lines)) {
    for (const field of fields) t.ok(fieldsOf.get(message)?.includes(field), `${field} of ${message}`)
  }
})

/** The events by name, with their reasons, as the types have them. */
function eventsOfSource(): [name: string, reasons: string][] {
  const files = ['account', 'sign-in', 'token', 'organization', 'operation'].map(kind => `lib/events/${kind}-events.ts`)
  const blocks = files.flatMap(path => readFileSync(path, 'utf8').split(/^interface /m))
  const quoted = (text = '') => Array.from(text.matchAll(/'(\w+)'/g), ([, word = '']) => word)
  return blocks.flatMap(block => {
    const names = quoted(/readonly name: ([^\n]+)/.exec(block)?.[1])
    const reasons = quoted(/readonly reason\??:([^}]*?)\n(?: {2}readonly|\})/.exec(block)?.[1])
    return names.map((name): [string, string] => [name, reasons.join(', ')])
  })
}

t.test('every event is documented with its level and its reasons', async t => {
  const events = eventsOfSource()
  t.ok(events.length >= 30)
  t.same(
    table('events', file).map(([name, level, reasons]) => [name, level, reasons]),
    events.map(([name, reasons]) => [name, [...noteworthyEvents].some(one => one === name) ? 'warn' : 'info', reasons]),
  )
})

t.test('every metric is documented with its kind and its labels, and the example exports them', async t => {
  const metrics = Object.entries(metricCatalogue)
  t.same(
    table('metrics', file).map(([name, kind, labels]) => [name, kind, labels]),
    metrics.map(([name, { kind, labelNames }]) => [name, kind, labelNames.join(', ')]),
  )
  const { url } = await startExample(t, 'metrics.js')
  const page = await (await fetch(`${url}/metrics`)).text()
  for (const [name, { kind }] of metrics) t.ok(page.includes(`# TYPE ${name} ${kind}\n`), name)
})

/** The metrics of an expression, with what Prometheus adds to the name of a histogram. */
function metricsIn(expression: string): [name: string, suffix: string][] {
  const names = expression.matchAll(/\b(fast_auth_\w+?)(_bucket|_sum|_count)?(?!\w)/g)
  return Array.from(names, ([, name = '', suffix = '']) => [name, suffix])
}

t.test('every documented metric and event exists, with these labels', async t => {
  const catalogue = new Map<string, { kind: string; labelNames: readonly string[] }>(Object.entries(metricCatalogue))
  const events = new Map(eventsOfSource())
  const expressions = table('watch', file).map(([, expression = '']) => expression)
  t.ok(expressions.length > 10)
  for (const expression of expressions) {
    const named = metricsIn(expression)
    t.ok(named.length > 0, expression)
    for (const [name, suffix] of named) {
      t.ok(catalogue.has(name), `${name} is measured`)
      t.equal(catalogue.get(name)?.kind === 'histogram', suffix !== '', `${name} is taken as what it is`)
    }
    const labels = [
      ...Array.from(expression.matchAll(/(\w+)=~?"/g), ([, label = '']) => label),
      ...Array.from(expression.matchAll(/by \(([^)]+)\)/g), ([, list = '']) => list.split(', ')).flat(),
    ]
    const known = new Set(['le', ...named.flatMap(([name]) => catalogue.get(name)?.labelNames ?? [])])
    for (const label of labels) t.ok(known.has(label), `${label} of ${expression}`)
    for (const [, event = ''] of expression.matchAll(/event="(\w+)"/g)) t.ok(events.has(event), `${event} is an event`)
  }
})

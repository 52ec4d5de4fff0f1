/** The description of a metric, in the form that metrics libraries need. */
interface Metric {
  /** `counter`: values are added up. `histogram`: values go into buckets. `gauge`: the latest value. */
  readonly kind: 'counter' | 'histogram' | 'gauge'
  readonly help: string
  readonly labelNames: readonly string[]
  /** For a histogram: suitable upper bounds. */
  readonly buckets?: readonly number[]
}

const brief = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const middling = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const long = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600]

/**
 * All metrics by name, with names and units by Prometheus conventions: seconds, and `_total` for counters. Labels have few,
 * known values: never an id, an address or a path.
 * @example
 * ```ts
 * import { metricCatalogue } from 'fast-auth'
 *
 * for (const [name, { kind, help }] of Object.entries(metricCatalogue)) console.log(name, kind, help)
 * ```
 */
export const metricCatalogue = {
  fast_auth_events_total: {
    kind: 'counter',
    help: 'Events, as passed to onEvent: sign-ins, refusals, revocations',
    labelNames: ['event', 'reason'],
  },
  fast_auth_refreshes_total: {
    kind: 'counter',
    help: 'Refreshes by outcome',
    labelNames: ['outcome'],
  },
  fast_auth_api_key_checks_total: {
    kind: 'counter',
    help: 'Checks of API keys, by outcome',
    labelNames: ['outcome'],
  },
  fast_auth_hash_wait_seconds: {
    kind: 'histogram',
    help: 'How long a password waited in the hashing queue',
    labelNames: [],
    buckets: brief,
  },
  fast_auth_hash_run_seconds: {
    kind: 'histogram',
    help: 'How long hashing or verifying a password took',
    labelNames: [],
    buckets: middling,
  },
  fast_auth_hashes_refused_total: {
    kind: 'counter',
    help: 'Passwords that were refused with 503 because the queue was full',
    labelNames: [],
  },
  fast_auth_hashes_running: {
    kind: 'gauge',
    help: 'Passwords that are being hashed now',
    labelNames: [],
  },
  fast_auth_hashes_waiting: {
    kind: 'gauge',
    help: 'Passwords that are waiting to be hashed now',
    labelNames: [],
  },
  fast_auth_storage_call_seconds: {
    kind: 'histogram',
    help: 'Storage calls; the outcome of a call that failed or timed out is failed',
    labelNames: ['method', 'outcome'],
    buckets: brief,
  },
  fast_auth_feed_lag_seconds: {
    kind: 'histogram',
    help: 'Delay from a revocation until this process has read it',
    labelNames: [],
    buckets: middling,
  },
  fast_auth_feed_read_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the last complete reading of the revocation feed began, in seconds since the Unix epoch',
    labelNames: [],
  },
  fast_auth_messages_total: {
    kind: 'counter',
    help: 'Attempts to send a message, by outcome',
    labelNames: ['outcome'],
  },
  fast_auth_message_wait_seconds: {
    kind: 'histogram',
    help: 'Delay from writing a message until it was sent',
    labelNames: [],
    buckets: long,
  },
  fast_auth_purge_round_seconds: {
    kind: 'histogram',
    help: 'Runs of the purge, by outcome',
    labelNames: ['outcome'],
    buckets: long,
  },
  fast_auth_purged_rows_total: {
    kind: 'counter',
    help: 'Expired rows that were removed',
    labelNames: ['kind'],
  },
} as const satisfies Record<string, Metric>

/** The name of a metric. */
export type MetricName = keyof typeof metricCatalogue

type Catalogue = typeof metricCatalogue

/** A measurement. The labels are those of its name in `metricCatalogue`. */
export type Measurement = {
  [Name in MetricName]: {
    readonly name: Name
    readonly value: number
    readonly labels: Readonly<Record<Catalogue[Name]['labelNames'][number], string>>
  }
}[MetricName]

import { Type } from '@sinclair/typebox'
import type { AuthEvent } from '../../events/auth-event.js'
import type { Measurement } from '../../telemetry/metric-catalogue.js'
import type { Clock } from './clock.js'
import { type WarningCode, warningCodes } from './warnings/warnings.js'

/** Events, metrics, warnings and the clock. */
export const ObservationOptions = Type.Object({
  /**
   * Stores events in the storage, for `app.fastAuth.listEvents`.
   * @default false
   */
  auditLog: Type.Optional(Type.Boolean({ default: false })),
  /**
   * Receives each event after it is logged: sign-ins, keys, refusals, revocations. Its errors are logged and otherwise
   * ignored.
   * @default none: events are only logged
   * @example
   * ```ts
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   onEvent(event) {
   *     if (event.name === 'authn_token_reuse') console.warn(`The refresh token of session ${event.sessionId} was copied`)
   *   },
   * })
   * ```
   * @see OWASP Application Logging Vocabulary Cheat Sheet (names of events)
   */
  onEvent: Type.Optional(Type.Unsafe<(event: AuthEvent) => void>(Type.Unknown())),
  /**
   * Receives each measurement. `metricCatalogue` has the names, kinds and labels of all metrics, for example for Prometheus.
   * Its errors are logged and otherwise ignored.
   * @default none
   * @example
   * ```ts
   * metrics: ({ name, value, labels }) => console.log(name, value, labels)
   * ```
   */
  metrics: Type.Optional(Type.Unsafe<(measurement: Measurement) => void>(Type.Unknown())),
  /**
   * Codes of boot warnings that you have read and accept. They are not logged.
   * @default []
   * @example
   * ```ts
   * silencedWarnings: ['FAST_AUTH_WARN_CORS_OPEN']
   * ```
   */
  silencedWarnings: Type.Optional(
    Type.Unsafe<readonly WarningCode[]>(
      Type.Array(Type.String({ enum: [...warningCodes] }), {
        maxItems: 100,
        default: [],
        description: 'a list of codes of warnings',
      }),
    ),
  ),
  /**
   * Clock of the application, for tests: a function that returns the time in milliseconds since the Unix epoch.
   * Its property `monotonic` measures durations, in milliseconds (default: `performance.now`).
   * Its property `sleep` delays responses (default: a timer).
   * @default Date.now
   * @example
   * ```ts
   * import { createTestClock } from 'fast-auth/testing'
   *
   * const { clock, advance } = createTestClock()
   * await app.register(fastAuth, { secrets, storage, clock })
   * advance({ seconds: 3600 })
   * ```
   */
  clock: Type.Optional(Type.Unsafe<Clock>(Type.Unknown())),
})

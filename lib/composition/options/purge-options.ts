import { Type } from '@sinclair/typebox'

/** Background deletion of expired data. */
export const PurgeOptions = Type.Object(
  {
    /**
     * Interval at which a process deletes expired data, in seconds. 0: never, if `fast-auth purge` runs on a schedule.
     * @default 600 (10 minutes)
     * @see OWASP ASVS 5.0, 14.2.7
     */
    everySeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, default: 600 })),
    /**
     * Maximum number of rows of each kind per batch. Requests are answered between batches.
     * @default 500
     */
    batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 500 })),
    /**
     * Lifetime of the events that `auditLog` stores, in seconds.
     * @default 7_776_000 (90 days)
     */
    eventLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 315_360_000, default: 7_776_000 })),
  },
  { additionalProperties: false },
)

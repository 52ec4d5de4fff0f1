import { Type } from '@sinclair/typebox'

/** Background removal of expired data. */
export const PurgeOptions = Type.Object(
  {
    /** Interval at which a process removes expired data. 0: never, if `fast-auth purge` runs on a schedule. */
    everySeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, default: 600 })),
    /** Maximum number of rows of each kind per batch. Requests are answered between batches. */
    batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 500 })),
    /** How long the events of `auditLog` are kept. */
    eventLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 315_360_000, default: 7_776_000 })),
  },
  { additionalProperties: false },
)

import { Type } from '@sinclair/typebox'

/** Removing what has expired, in the background. */
export const PurgeOptions = Type.Object(
  {
    /** How often a process looks for what has expired. 0: never, where `fast-auth purge` runs by a timetable. */
    everySeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, default: 600 })),
    /** How many rows of each kind are removed at a time. Requests are answered in between. */
    batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 500 })),
    /** How long the events of `auditLog` are kept. */
    eventLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 315_360_000, default: 7_776_000 })),
  },
  { additionalProperties: false },
)

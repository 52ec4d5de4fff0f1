import { Type } from '@sinclair/typebox'

/** How a process learns what the others have revoked, with `revocation: 'feed'`. */
export const RevocationFeedOptions = Type.Object(
  {
    /** How often a process reads what was revoked. */
    everySeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 1 })),
    /** How much of what was read before is read again: for clocks that differ and transactions that are committed late, both together. */
    overlapSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 600, default: 60 })),
    /** While nothing was read for longer than this, every request asks the storage. More than `everySeconds`. */
    maximumStalenessSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 3600, default: 10 })),
  },
  { additionalProperties: false },
)

import { Type } from '@sinclair/typebox'

/** How a process reads the revocations of other processes, with `revocation: 'feed'`. */
export const RevocationFeedOptions = Type.Object(
  {
    /** Interval at which a process reads new revocations. */
    everySeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 1 })),
    /** How far back each reading overlaps the previous one: covers clock differences and late commits together. */
    overlapSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 600, default: 60 })),
    /** If the last successful reading is older than this, every request asks the storage. More than `everySeconds`. */
    maximumStalenessSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 3600, default: 10 })),
  },
  { additionalProperties: false },
)

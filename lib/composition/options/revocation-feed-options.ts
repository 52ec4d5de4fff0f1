import { Type } from '@sinclair/typebox'

/** Way in which a process reads the revocations of other processes, with `revocation: 'feed'`. */
export const RevocationFeedOptions = Type.Object(
  {
    /**
     * Interval at which a process reads new revocations, in seconds.
     * @default 1
     */
    everySeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 1 })),
    /**
     * Time by which each reading overlaps the previous one, in seconds. Covers the sum of clock differences and late commits.
     * @default 60
     */
    overlapSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 600, default: 60 })),
    /**
     * Maximum age of the last successful reading, in seconds. If it is exceeded, every request asks the storage. Must be more
     * than `everySeconds`.
     * @default 10
     */
    maximumStalenessSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 3600, default: 10 })),
  },
  { additionalProperties: false },
)

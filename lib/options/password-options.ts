import { Type } from '@sinclair/typebox'

/** What passwords must be, and how they are hashed. */
export const PasswordOptions = Type.Object(
  {
    /** The least number of characters (code points) of a new password. NIST SP 800-63B-4 asks for 15 where it is the only factor. */
    minimumLength: Type.Optional(Type.Integer({ minimum: 8, maximum: 64, default: 8 })),
    /** bcrypt's cost of new hashes; each step doubles the work. */
    bcryptCost: Type.Optional(Type.Integer({ minimum: 10, maximum: 16, default: 12 })),
    /** How many hashes are computed at a time. The default is the number of cores but one, at least 1. */
    hashingConcurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 128 })),
    /** How many wait for their turn at most, beyond which sign-ins are answered with 503. The default is 16 for each of `hashingConcurrency`. */
    hashingQueueLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on routes of fast-auth that hash a password or send a message: they have a lower limit of requests. */
    fastAuthCost?: 'hash' | 'message'
  }
}

/** For a route that may hash a password, and may send messages too. */
export const hashes = { config: { fastAuthCost: 'hash' } } as const

/** For a route that sends a message and hashes nothing. */
export const sendsMessage = { config: { fastAuthCost: 'message' } } as const

import type { OneTimeTokenPurpose } from '../storage.js'

/**
 * The names of all keys. The braces make the prefix their hash tag: Redis Cluster keeps the keys of one storage in one
 * slot, so that a script may touch any of them. A record is a string of JSON; whatever points at records is a string or
 * a sorted set.
 */
export function keysUnder(prefix: string) {
  const root = `{${prefix}}:`
  const named = (kind: string) => (name: string) => `${root}${kind}:${name}`
  return {
    /** The version of what is described here. */
    schema: `${root}schema`,

    /** What a ping writes: a replica, and a server that is full, refuse it. */
    ping: `${root}ping`,

    /** A hash: the token of the step that has reserved keys, in the field without a name, and a field for each of these keys. */
    reservation: `${root}reservation`,

    user: named('user'),
    /** Whose address it is. */
    userIdByEmail: named('email'),
    userIdByUsername: named('username'),
    users: `${root}users`,

    session: named('session'),
    sessionsOf: named('sessions-of'),
    sessionsByExpiry: `${root}sessions-by-expiry`,

    token: named('token'),
    /** The hash of the user's one token of this purpose. */
    tokenHashOf: (userId: string, purpose: OneTimeTokenPurpose) => `${root}token-of:${userId}:${purpose}`,
    tokensByExpiry: `${root}tokens-by-expiry`,

    apiKey: named('api-key'),
    apiKeyIdByHash: named('api-key-hash'),
    apiKeysOf: named('api-keys-of'),

    /** Each line is a member, in the order of the feed. */
    revocations: `${root}revocations`,
    /** No key, but the channel that tells of a new line. */
    revoked: `${root}revoked`,

    message: named('message'),
    messagesOf: named('messages-of'),
    messagesByDue: `${root}messages-by-due`,
    messagesByExpiry: `${root}messages-by-expiry`,

    event: named('event'),
    events: `${root}events`,
    eventsOf: named('events-of'),
    eventsByAge: `${root}events-by-age`,
    /** A hash: where from each event of this user came. It goes with the user, the events stay. */
    originsOf: named('origins-of'),
  }
}

export type Keys = ReturnType<typeof keysUnder>

/** Several texts as one, which sorts as they do: none of them holds U+0000. */
export function joined(...parts: readonly string[]): string {
  return parts.join('\0')
}

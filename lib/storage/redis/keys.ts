import type { OneTimeTokenPurpose } from '../records.js'

/**
 * Returns the names of all keys. The braces make the prefix a hash tag: Redis Cluster keeps all keys of one storage in one
 * slot, so a script may access any of them. A record is a JSON string. An index is a string or a sorted set.
 */
export function keysUnder(prefix: string) {
  const root = `{${prefix}}:`
  const named = (kind: string) => (name: string) => `${root}${kind}:${name}`
  return {
    /** Version of the layout that this file describes. */
    schema: `${root}schema`,

    /** Written by `ping`: a replica or a full server rejects the write. */
    ping: `${root}ping`,

    /** A hash. The field with the empty name holds the token of the step that reserved keys; each reserved key has a field. */
    reservation: `${root}reservation`,

    user: named('user'),
    /** The id of the user with this address. */
    userIdByEmail: named('email'),
    userIdByUsername: named('username'),
    users: `${root}users`,

    session: named('session'),
    sessionsOf: named('sessions-of'),
    sessionsByExpiry: `${root}sessions-by-expiry`,

    token: named('token'),
    /** The hash of the user's only token of this purpose. */
    tokenHashOf: (userId: string, purpose: OneTimeTokenPurpose) => `${root}token-of:${userId}:${purpose}`,
    tokensByExpiry: `${root}tokens-by-expiry`,

    apiKey: named('api-key'),
    apiKeyIdByHash: named('api-key-hash'),
    apiKeysOf: named('api-keys-of'),

    /** Each line is a member, in feed order. */
    revocations: `${root}revocations`,
    /** Not a key, but the channel that announces new lines. */
    revoked: `${root}revoked`,

    message: named('message'),
    messagesOf: named('messages-of'),
    messagesByDue: `${root}messages-by-due`,
    messagesByExpiry: `${root}messages-by-expiry`,

    event: named('event'),
    events: `${root}events`,
    eventsOf: named('events-of'),
    eventsByAge: `${root}events-by-age`,
    /** A hash: the origin of each event of this user. It is deleted with the user; the events stay. */
    originsOf: named('origins-of'),
  }
}

export type Keys = ReturnType<typeof keysUnder>

/** Joins several texts into one that sorts the same way, since none of them contains U+0000. */
export function joined(...parts: readonly string[]): string {
  return parts.join('\0')
}

import type { OneTimeTokenPurpose } from '../records.js'

/**
 * Returns the names of the keys of the core. The braces make the prefix a hash tag: Redis Cluster keeps all keys of one storage in one
 * slot, so a script may access any of them. A record is a JSON string. An index is a string or a sorted set.
 */
export function keysUnder(prefix: string) {
  const root = `{${prefix}}:`
  const named = (kind: string) => (name: string) => `${root}${kind}:${name}`
  return {
    /** The beginning of all names. A feature derives the names of its own keys from it. */
    root,

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

    /** Each line is a member, in feed order. */
    revocations: `${root}revocations`,
    /** Not a key, but the channel that announces new lines. */
    revoked: `${root}revoked`,

    message: named('message'),
    messagesOf: named('messages-of'),
    messagesByDue: `${root}messages-by-due`,
    messagesByExpiry: `${root}messages-by-expiry`,
  }
}

export type Keys = ReturnType<typeof keysUnder>

/** Joins several texts into one that sorts the same way, since none of them contains U+0000. */
export function joined(...parts: readonly string[]): string {
  return parts.join('\0')
}

type Named = (kind: string) => (name: string) => string

/** Creates a function that returns the names of a feature's keys. It creates them once for each prefix. */
export function namedUnder<Names>(create: (named: Named, root: string) => Names): (keys: Pick<Keys, 'root'>) => Names {
  const known = new Map<string, Names>()
  return ({ root }) => {
    const names = known.get(root) ?? create(kind => name => `${root}${kind}:${name}`, root)
    known.set(root, names)
    return names
  }
}

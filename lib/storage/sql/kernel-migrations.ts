import type { CreateIndex, Migration } from './schema.js'

function index(table: string, name: string, ...columns: readonly string[]): CreateIndex {
  return { step: 'createIndex', index: `${table}_by_${name}`, table, columns }
}

/** The migrations of the tables, for every dialect. Never edit a released migration: add a new one. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'users, sessions, one-time tokens, API keys, revocations',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_users',
        columns: {
          id: 'id',
          email: 'key',
          email_confirmed_at: 'number?',
          username: 'key?',
          password_hash: 'text',
          profile: 'text',
          created_at: 'number',
          last_sign_in_at: 'number?',
        },
        unique: [['email'], ['username']],
        primaryKey: ['id'],
      },
      {
        step: 'createTable',
        table: 'fast_auth_sessions',
        isOwned: true,
        columns: {
          id: 'id',
          user_id: 'id',
          generation: 'number',
          created_at: 'number',
          rotated_at: 'number',
          expires_at: 'number',
          absolute_expires_at: 'number',
          user_agent: 'text?',
          ip: 'text?',
        },
        primaryKey: ['id'],
      },
      index('fast_auth_sessions', 'user', 'user_id'),
      index('fast_auth_sessions', 'expiry', 'expires_at'),
      {
        step: 'createTable',
        table: 'fast_auth_one_time_tokens',
        isOwned: true,
        columns: {
          hash: 'id',
          purpose: 'id',
          user_id: 'id',
          email: 'text',
          session_id: 'id?',
          created_at: 'number',
          expires_at: 'number',
        },
        unique: [['user_id', 'purpose']],
        primaryKey: ['hash'],
      },
      index('fast_auth_one_time_tokens', 'expiry', 'expires_at'),
      // The keys of a user are adjacent: their list takes a few page reads, however many keys other users have.
      {
        step: 'createTable',
        table: 'fast_auth_api_keys',
        isOwned: true,
        columns: {
          user_id: 'id',
          id: 'id',
          hash: 'id',
          name: 'text',
          key_prefix: 'text',
          last_four: 'text',
          scopes: 'text',
          created_at: 'number',
          expires_at: 'number?',
          last_used_at: 'number?',
        },
        unique: [['id'], ['hash']],
        primaryKey: ['user_id', 'id'],
      },
      {
        step: 'createTable',
        table: 'fast_auth_revocations',
        columns: { revoked_at: 'number', kind: 'id', id: 'id', generation: 'number' },
        primaryKey: ['revoked_at', 'kind', 'id', 'generation'],
      },
    ],
  },
  {
    version: 2,
    name: 'messages on their way out',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_outbox',
        isOwned: true,
        columns: {
          id: 'id',
          user_id: 'id?',
          sealed: 'text',
          created_at: 'number',
          next_attempt_at: 'number',
          attempts: 'number',
          expires_at: 'number',
        },
        primaryKey: ['id'],
        isLong: true,
      },
      index('fast_auth_outbox', 'next_attempt', 'next_attempt_at', 'id'),
      index('fast_auth_outbox', 'user', 'user_id'),
      index('fast_auth_outbox', 'expiry', 'expires_at'),
    ],
  },
  {
    version: 3,
    name: 'events',
    steps: [
      // No foreign key to the users: events stay after a user is deleted.
      {
        step: 'createTable',
        table: 'fast_auth_events',
        columns: {
          id: 'id',
          happened_at: 'number',
          user_id: 'id?',
          name: 'text',
          reason: 'text?',
          session_id: 'id?',
          api_key_id: 'id?',
          ip: 'text?',
          user_agent: 'text?',
          request_id: 'text?',
        },
        primaryKey: ['id'],
      },
      index('fast_auth_events', 'user', 'user_id', 'id'),
      index('fast_auth_events', 'instant', 'happened_at'),
    ],
  },
  {
    version: 4,
    name: 'disabled users',
    steps: [{ step: 'addColumn', table: 'fast_auth_users', column: 'disabled_at', kind: 'number?' }],
  },
]

import { createIndex, type Migration } from './schema.js'

/**
 * The migrations of the core tables that release 0.1.0 applies before those of features. Features add their own to
 * `lib/engines/sql-migrations.ts`. The table of the API keys is here as well: the first release created it in the same
 * migration, and a released migration is never edited.
 */
export const firstKernelMigrations: readonly Migration[] = [
  {
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
      createIndex('fast_auth_sessions', 'user', 'user_id'),
      createIndex('fast_auth_sessions', 'expiry', 'expires_at'),
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
      createIndex('fast_auth_one_time_tokens', 'expiry', 'expires_at'),
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
      createIndex('fast_auth_outbox', 'next_attempt', 'next_attempt_at', 'id'),
      createIndex('fast_auth_outbox', 'user', 'user_id'),
      createIndex('fast_auth_outbox', 'expiry', 'expires_at'),
    ],
  },
]

/** The later migrations of the core tables. Add new ones at the end. */
export const kernelMigrations: readonly Migration[] = [
  {
    name: 'disabled users',
    steps: [{ step: 'addColumn', table: 'fast_auth_users', column: 'disabled_at', kind: 'number?' }],
  },
  {
    name: 'methods of sessions',
    steps: [
      { step: 'addColumn', table: 'fast_auth_sessions', column: 'methods', kind: 'text?' },
      { step: 'addColumn', table: 'fast_auth_sessions', column: 'authenticated_at', kind: 'number?' },
    ],
  },
  {
    name: 'organisations of sessions and API keys',
    steps: [
      { step: 'addColumn', table: 'fast_auth_sessions', column: 'organization_id', kind: 'id?' },
      { step: 'addColumn', table: 'fast_auth_sessions', column: 'organization_role', kind: 'id?' },
      createIndex('fast_auth_sessions', 'organization', 'organization_id', 'user_id'),
      { step: 'addColumn', table: 'fast_auth_api_keys', column: 'organization_id', kind: 'id?' },
      createIndex('fast_auth_api_keys', 'organization', 'organization_id', 'user_id'),
    ],
  },
]

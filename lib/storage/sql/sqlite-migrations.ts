import type { Migration } from './migrate.js'

/**
 * SQLite's tables. Columns compare by bytes (BINARY, SQLite's own default): no collation ever decides whose an address is.
 * The kinds that are found by one key have no rowid: the row lies in the key's own tree.
 */
export const sqliteMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'users, sessions, one-time tokens, API keys, revocations',
    statements: [
      `create table fast_auth_users (
        id text not null primary key,
        email text not null unique,
        email_confirmed_at integer,
        username text unique,
        password_hash text not null,
        profile text not null,
        created_at integer not null,
        last_sign_in_at integer
      ) strict, without rowid`,

      `create table fast_auth_sessions (
        id text not null primary key,
        user_id text not null references fast_auth_users (id),
        generation integer not null,
        created_at integer not null,
        rotated_at integer not null,
        expires_at integer not null,
        absolute_expires_at integer not null,
        user_agent text,
        ip text
      ) strict, without rowid`,
      'create index fast_auth_sessions_by_user on fast_auth_sessions (user_id)',
      'create index fast_auth_sessions_by_expiry on fast_auth_sessions (expires_at)',

      `create table fast_auth_one_time_tokens (
        hash text not null primary key,
        purpose text not null,
        user_id text not null references fast_auth_users (id),
        email text not null,
        session_id text,
        created_at integer not null,
        expires_at integer not null,
        unique (user_id, purpose)
      ) strict, without rowid`,
      'create index fast_auth_one_time_tokens_by_expiry on fast_auth_one_time_tokens (expires_at)',

      // A person's keys lie together: their list is read in a few pages, however many keys others have.
      `create table fast_auth_api_keys (
        user_id text not null references fast_auth_users (id),
        id text not null unique,
        hash text not null unique,
        name text not null,
        key_prefix text not null,
        last_four text not null,
        scopes text not null,
        created_at integer not null,
        expires_at integer,
        last_used_at integer,
        primary key (user_id, id)
      ) strict, without rowid`,

      `create table fast_auth_revocations (
        revoked_at integer not null,
        kind text not null,
        id text not null,
        generation integer not null,
        primary key (revoked_at, kind, id, generation)
      ) strict, without rowid`,
    ],
  },
  {
    version: 2,
    name: 'messages on their way out',
    statements: [
      // With a rowid: a sealed text is too long for a place in the key's tree.
      `create table fast_auth_outbox (
        id text not null primary key,
        user_id text references fast_auth_users (id),
        sealed text not null,
        created_at integer not null,
        next_attempt_at integer not null,
        attempts integer not null,
        expires_at integer not null
      ) strict`,
      'create index fast_auth_outbox_by_next_attempt on fast_auth_outbox (next_attempt_at, id)',
      'create index fast_auth_outbox_by_user on fast_auth_outbox (user_id)',
      'create index fast_auth_outbox_by_expiry on fast_auth_outbox (expires_at)',
    ],
  },
  {
    version: 3,
    name: 'events',
    statements: [
      // No reference to the users: what happened stays when they go.
      `create table fast_auth_events (
        id text not null primary key,
        happened_at integer not null,
        user_id text,
        name text not null,
        reason text,
        session_id text,
        api_key_id text,
        ip text,
        user_agent text,
        request_id text
      ) strict, without rowid`,
      'create index fast_auth_events_by_user on fast_auth_events (user_id, id)',
      'create index fast_auth_events_by_instant on fast_auth_events (happened_at)',
    ],
  },
  {
    version: 4,
    name: 'disabled users',
    statements: ['alter table fast_auth_users add column disabled_at integer'],
  },
]

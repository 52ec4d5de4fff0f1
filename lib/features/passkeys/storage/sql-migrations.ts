import { createIndex, type Migration } from '../../../storage/sql/schema.js'

/** The migrations of the tables of passkeys. Never edit a released one: add a new one at the end. */
export const passkeyMigrations: readonly Migration[] = [
  {
    name: 'passkeys',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_passkeys',
        isOwned: true,
        columns: {
          id: 'id',
          user_id: 'id',
          credential_hash: 'id',
          credential_id: 'text',
          public_key: 'text',
          user_handle: 'text',
          name: 'text',
          counter: 'number',
          backed_up: 'number',
          transports: 'text',
          created_at: 'number',
          last_used_at: 'number?',
        },
        unique: [['credential_hash']],
        primaryKey: ['id'],
      },
      createIndex('fast_auth_passkeys', 'user', 'user_id', 'created_at', 'id'),
      {
        step: 'createTable',
        table: 'fast_auth_passkey_uses',
        isOwned: true,
        columns: {
          challenge_hash: 'id',
          user_id: 'id',
          passkey_id: 'id',
          session_id: 'id?',
          expires_at: 'number',
        },
        primaryKey: ['challenge_hash'],
      },
      createIndex('fast_auth_passkey_uses', 'passkey', 'passkey_id', 'session_id'),
      createIndex('fast_auth_passkey_uses', 'expiry', 'expires_at', 'challenge_hash'),
      createIndex('fast_auth_passkey_uses', 'user', 'user_id'),
    ],
  },
]

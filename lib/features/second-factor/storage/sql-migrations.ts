import type { Migration } from '../../../storage/sql/schema.js'

/** The migrations of the tables of second factors. Never edit a released one: add a new one at the end. */
export const secondFactorMigrations: readonly Migration[] = [
  {
    name: 'authenticator apps and recovery codes',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_totp_factors',
        isOwned: true,
        columns: {
          id: 'id',
          user_id: 'id',
          sealed_secret: 'text',
          created_at: 'number',
          expires_at: 'number',
          confirmed_at: 'number?',
          last_step: 'number?',
        },
        unique: [['user_id']],
        primaryKey: ['id'],
      },
      {
        step: 'createTable',
        table: 'fast_auth_recovery_codes',
        isOwned: true,
        columns: { user_id: 'id', hash: 'id', created_at: 'number' },
        primaryKey: ['user_id', 'hash'],
      },
    ],
  },
]

import { createIndex, type Migration } from '../../../storage/sql/schema.js'

/** The migrations of the table of mailed codes. Never edit a released one: add a new one at the end. */
export const signInCodeMigrations: readonly Migration[] = [
  {
    name: 'sign-in codes',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_sign_in_codes',
        columns: {
          id: 'id',
          user_id: 'id?',
          email: 'key',
          hash: 'id',
          tries_left: 'number',
          created_at: 'number',
          expires_at: 'number',
        },
        unique: [['email']],
        primaryKey: ['id'],
      },
      createIndex('fast_auth_sign_in_codes', 'user', 'user_id'),
      createIndex('fast_auth_sign_in_codes', 'expiry', 'expires_at', 'id'),
    ],
  },
]

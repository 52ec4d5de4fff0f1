import { createIndex, type Migration } from '../../../storage/sql/schema.js'

/** The migrations of the tables of providers. Never edit a released one: add a new one at the end. */
export const providerMigrations: readonly Migration[] = [
  {
    name: 'identities at providers',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_identities',
        isOwned: true,
        columns: {
          id: 'id',
          user_id: 'id',
          key_hash: 'id',
          provider: 'text',
          issuer: 'text',
          subject: 'text',
          email: 'text?',
          created_at: 'number',
          last_used_at: 'number?',
        },
        unique: [['key_hash']],
        primaryKey: ['id'],
      },
      createIndex('fast_auth_identities', 'user', 'user_id', 'created_at', 'id'),
      {
        step: 'createTable',
        table: 'fast_auth_provider_flows',
        columns: { flow_id: 'id', result: 'text?', expires_at: 'number' },
        primaryKey: ['flow_id'],
      },
      createIndex('fast_auth_provider_flows', 'expiry', 'expires_at', 'flow_id'),
    ],
  },
]

import { createIndex, type Migration } from '../../../storage/sql/schema.js'

/** The migrations of the tables of organisations. Never edit a released one: add a new one at the end. */
export const organizationMigrations: readonly Migration[] = [
  {
    name: 'organisations, memberships, invitations',
    steps: [
      {
        step: 'createTable',
        table: 'fast_auth_organizations',
        columns: { id: 'id', name: 'text', kind: 'id', created_at: 'number', member_count: 'number' },
        primaryKey: ['id'],
      },
      {
        step: 'createTable',
        table: 'fast_auth_memberships',
        isOwned: true,
        columns: { organization_id: 'id', user_id: 'id', role: 'id', joined_at: 'number' },
        primaryKey: ['organization_id', 'user_id'],
      },
      createIndex('fast_auth_memberships', 'user', 'user_id', 'organization_id'),
      createIndex('fast_auth_memberships', 'role', 'organization_id', 'role', 'user_id'),
      {
        step: 'createTable',
        table: 'fast_auth_invitations',
        columns: {
          organization_id: 'id',
          id: 'id',
          email: 'key',
          role: 'id',
          hash: 'id',
          invited_by: 'id',
          created_at: 'number',
          expires_at: 'number',
        },
        unique: [['id'], ['hash'], ['organization_id', 'email']],
        primaryKey: ['organization_id', 'id'],
      },
      createIndex('fast_auth_invitations', 'inviter', 'invited_by', 'organization_id'),
      createIndex('fast_auth_invitations', 'expiry', 'expires_at', 'id'),
      createIndex('fast_auth_invitations', 'organization', 'organization_id', 'expires_at'),
    ],
  },
]

import { createIndex, type Migration } from '../../../storage/sql/schema.js'

/** The migration of release 0.1.0, which has made it between those of the core. Never edit a released one. */
export const firstEventMigrations: readonly Migration[] = [
  {
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
      createIndex('fast_auth_events', 'user', 'user_id', 'id'),
      createIndex('fast_auth_events', 'instant', 'happened_at'),
    ],
  },
]

/** The later migrations of the table of the events. Never edit a released one: add a new one at the end. */
export const eventMigrations: readonly Migration[] = [
  {
    name: 'details of events',
    steps: [{ step: 'addColumn', table: 'fast_auth_events', column: 'details', kind: 'text?' }],
  },
]

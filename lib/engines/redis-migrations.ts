import { secondFactorLayoutMigrations } from '../features/second-factor/storage/redis-migrations.js'
import { sessionLayoutMigrations } from '../features/sessions/storage/redis-migrations.js'
import type { LayoutMigration } from '../storage/redis/migrate.js'

/** The migrations of the keys and records of all features, in the order of their versions: 2, 3 and so on. */
export const layoutMigrations: readonly LayoutMigration[] = [
  ...sessionLayoutMigrations,
  ...secondFactorLayoutMigrations,
]

import { eventMigrations, firstEventMigrations } from '../features/audit-log/storage/sql-migrations.js'
import { signInCodeMigrations } from '../features/email-codes/storage/sql-migrations.js'
import { organizationMigrations } from '../features/organizations/storage/sql-migrations.js'
import { passkeyMigrations } from '../features/passkeys/storage/sql-migrations.js'
import { providerMigrations } from '../features/providers/storage/sql-migrations.js'
import { secondFactorMigrations } from '../features/second-factor/storage/sql-migrations.js'
import { firstKernelMigrations, kernelMigrations } from '../storage/sql/kernel-migrations.js'
import type { Migration } from '../storage/sql/schema.js'

/**
 * The migrations of the core tables and of the features, for every dialect. An empty database applies them in this order;
 * a database that lacks some of them applies those. To add a feature, append its list.
 */
export const migrations: readonly Migration[] = [
  ...firstKernelMigrations,
  ...firstEventMigrations,
  ...kernelMigrations,
  ...secondFactorMigrations,
  ...passkeyMigrations,
  ...signInCodeMigrations,
  ...providerMigrations,
  ...organizationMigrations,
  ...eventMigrations,
]

import type { LayoutMigration } from '../../../storage/redis/migrate.js'

/**
 * The migrations of the keys of second factors. The first changes no key: a release that does not know second factors would
 * sign users in without them, and the version keeps it out.
 */
export const secondFactorLayoutMigrations: readonly LayoutMigration[] = [{ version: 3, async run() {} }]

import { defineError } from './define-error.js'

/** The database failed or took too long. Never a 401, since the credential was not checked. */
export const StorageUnavailableError = defineError(
  'FAST_AUTH_STORAGE_UNAVAILABLE',
  'The storage does not answer. Try again in a moment.',
  503,
  { 'retry-after': '1' },
)

/**
 * A constraint or a trigger of the database refused the change. The same request fails again until the operator changes
 * the database; the log has the name of the constraint.
 */
export const StorageConstraintViolatedError = defineError(
  'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED',
  'A constraint of the database refuses this change. The operator of this service has to correct it.',
  500,
)

/** Any unexpected error. The cause is logged; the answer does not contain it. */
export const InternalError = defineError('FAST_AUTH_INTERNAL_ERROR', 'Something went wrong on the server', 500)

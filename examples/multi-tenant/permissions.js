import createError from '@fastify/error'

const PermissionRequiredError = createError('APP_PERMISSION_REQUIRED', 'This needs the permission "%s"', 403)

/** What each role may do in this application. @type {Readonly<Record<string, readonly string[]>>} */
const permissions = {
  owner: ['notes:delete', 'invoices:read', 'invoices:pay'],
  admin: ['notes:delete', 'invoices:read'],
  billing: ['invoices:read', 'invoices:pay'],
  member: [],
}

/**
 * Creates a hook that refuses members whose role lacks the permission. It follows a guard of organisations.
 * @param {string} permission
 */
export function requirePermission(permission) {
  return async (/** @type {import('fastify').FastifyRequest} */ { user }) => {
    const allowed = permissions[user?.organization?.role ?? ''] ?? []
    if (!allowed.includes(permission)) throw new PermissionRequiredError(permission)
  }
}

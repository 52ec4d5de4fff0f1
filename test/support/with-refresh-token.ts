/** Paths of the operations to which a client sends its refresh token too. */
const renewing = ['/organizations/current', '/invitations/accept']

/** Adds the refresh token to the body of an operation that needs it, as clients do. The body takes precedence. */
export function withRefreshToken(path: string, refreshToken: string | undefined, payload: object): object {
  return renewing.includes(path) ? { refreshToken, ...payload } : payload
}

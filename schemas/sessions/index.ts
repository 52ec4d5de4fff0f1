import { AuthResponse } from './auth-response.js'
import { Jwks } from './get-jwks.js'
import { Introspection, IntrospectTokenBody } from './introspect-token.js'
import { SessionList } from './list-sessions.js'
import { RefreshTokenBody } from './refresh-session.js'
import { RevokedSessions } from './revoke-other-sessions.js'
import { ListedSession, Session } from './session.js'

/** The schemas of sessions with a name in the OpenAPI document. */
export const sessionSchemas = [
  Session,
  ListedSession,
  AuthResponse,
  SessionList,
  RefreshTokenBody,
  RevokedSessions,
  IntrospectTokenBody,
  Introspection,
  Jwks,
] as const

export { AuthResponse } from './auth-response.js'
export { getJwks, Jwks } from './get-jwks.js'
export { Introspection, IntrospectTokenBody, introspectToken } from './introspect-token.js'
export { ListSessionsQuery, listSessions, SessionList } from './list-sessions.js'
export { RefreshTokenBody, refreshSession } from './refresh-session.js'
export { RevokedSessions, revokeOtherSessions } from './revoke-other-sessions.js'
export { RevokeSessionParams, revokeSession } from './revoke-session.js'
export { ListedSession, Session } from './session.js'
export { signOut } from './sign-out.js'
export { singleToken } from './single-token.js'
export { type TokenMode, tokenModes } from './token-mode.js'

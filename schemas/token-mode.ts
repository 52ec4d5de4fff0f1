/**
 * Which tokens there are, and what makes a session go on.
 * `pair`: an access token, and a refresh token that is traded for the next pair. `access-only`: an access token, and when
 * it ends so does the session. `sliding`: an access token that is traded for the next while it is good.
 */
export const tokenModes = ['pair', 'access-only', 'sliding'] as const
export type TokenMode = (typeof tokenModes)[number]

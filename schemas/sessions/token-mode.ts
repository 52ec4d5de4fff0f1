/**
 * The tokens of a session and how it continues.
 * `pair`: an access token, and a refresh token that the client exchanges for the next pair. `access-only`: an access token;
 * the session ends when it expires. `sliding`: an access token that the client exchanges for the next before it expires.
 */
export const tokenModes = ['pair', 'access-only', 'sliding'] as const
/** A value of the option `tokenMode`. */
export type TokenMode = (typeof tokenModes)[number]

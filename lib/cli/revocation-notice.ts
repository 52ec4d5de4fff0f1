/** When running servers notice what a command has revoked. */
export const revocationNotice =
  'Running servers apply this within "revocationFeed.everySeconds" (default 1), unless their "revocation" is "none".'

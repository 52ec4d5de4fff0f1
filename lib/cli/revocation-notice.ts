/** When running servers notice what a command has revoked. */
export const revocationNotice =
  'Running servers learn so within "revocationFeed.everySeconds", 1 by default, unless their "revocation" is "none".'

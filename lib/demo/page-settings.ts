const { authUrl = '/auth', tokenMode, secondFactor, passkeys } = document.body.dataset

/** What the server tells the page. */
export const pageSettings = {
  authUrl,
  tokenMode: tokenMode === 'access-only' || tokenMode === 'sliding' ? tokenMode : 'pair',
  secondFactor,
  hasPasskeys: passkeys === 'on',
} as const

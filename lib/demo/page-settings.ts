const { authUrl = '/auth', tokenMode, secondFactor, passkeys, mailedCodes } = document.body.dataset

/** The settings that the server has put into the page. */
export const pageSettings = {
  authUrl,
  tokenMode: tokenMode === 'access-only' || tokenMode === 'sliding' ? tokenMode : 'pair',
  secondFactor,
  hasPasskeys: passkeys === 'on',
  hasMailedCodes: mailedCodes === 'on',
} as const

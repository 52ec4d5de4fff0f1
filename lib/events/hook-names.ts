/** The names of the hooks, in the order of an account's life. */
export const hookNames = [
  'beforeSignUp',
  'afterSignUp',
  'beforeSignIn',
  'afterSignIn',
  'afterPasswordChange',
  'afterEmailConfirm',
  'afterSecondFactorChange',
  'afterPasskeyChange',
  'afterIdentityChange',
  'onProviderTokens',
  'afterOrganizationChange',
  'afterMembershipChange',
  'afterInvitationChange',
  'afterSessionEnd',
  'beforeUserDelete',
  'afterUserDelete',
] as const

/** The name of a hook. */
export type HookName = (typeof hookNames)[number]

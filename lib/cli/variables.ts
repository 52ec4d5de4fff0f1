/** Every environment variable that a command reads. */
export const variables = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'DATABASE_URL',
  'JWT_SECRET_KEY',
  'JWT_PRIVATE_KEY_FILE',
  'INTROSPECTION_SECRET_KEY',
  'JWT_ISS',
  'JWT_AUD',
  'HASHER_SECRET_KEY',
  'PASSWORD_HASHER',
  'PUBLIC_URL',
  'TRUSTED_ORIGINS',
  'MAIL_URL',
  'FROM_EMAIL',
  'REQUIRE_EMAIL_CONFIRMATION',
  'USERNAMES',
  'SECOND_FACTOR',
  'PASSKEYS',
  'PASSKEYS_RP_ID',
  'EMAIL_SIGN_IN',
  'PROVIDERS',
  'ORGANIZATIONS',
  'ORGANIZATION_ROLES',
  'CHANGE_PASSWORD_URL',
  'TOKEN_MODE',
  'ACCESS_TOKEN_LIFETIME',
  'SESSION_IDLE_LIFETIME',
  'SESSION_LIFETIME',
  'REFRESH_GRACE',
  'REVOCATION',
  'COOKIE_SECURE',
  'COOKIE_DOMAIN',
  'COOKIE_PREVIOUS_DOMAIN',
  'COOKIE_NAME_PREFIX',
  'COOKIE_SAME_SITE',
  'BODY_TIMEOUT',
  'RATE_LIMITS',
  'TRUST_PROXY',
  'LOG_LEVEL',
] as const

export type Variable = (typeof variables)[number]

/** The endings of the variables of one provider: those of Google begin with `PROVIDER_GOOGLE_`. */
export const providerVariables = [
  'CLIENT_ID',
  'CLIENT_SECRET',
  'DISPLAY_NAME',
  'ISSUER',
  'VOUCHES_FOR_EMAIL',
  'TENANT',
  'TEAM_ID',
  'KEY_ID',
  'PRIVATE_KEY',
] as const

/** A variable of one provider. */
export type ProviderVariable = `PROVIDER_${string}`

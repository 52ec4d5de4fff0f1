export type { BootErrorCode, ErrorCode } from '../schemas/index.js'
export type { FastAuth, FastAuthHealth } from './composition/fast-auth.js'
export type { UserAdministration } from './composition/user-administration.js'
export * from './errors/index.js'
export type { AuthEvent, AuthEventName, AuthEventReason, LimitName } from './events/auth-event.js'
export type { HookName } from './events/hook-names.js'
export { currentUser, type Guards } from './http/guards.js'
export { openapiDefaults } from './http/openapi-defaults.js'
export type {
  Count,
  CounterLife,
  LimitCounterSettings,
  LimitCounters,
  MakeLimitCounters,
} from './limits/limit-counters.js'
export type { AuthenticatedUser } from './operations/authenticate.js'
export type { UserEmailConfirmation } from './operations/confirm-user-email.js'
export type { NewUser, UserCreation } from './operations/create-user.js'
export type { UserDeletion } from './operations/delete-user.js'
export type { UserDisabling } from './operations/disable-user.js'
export type { UserEnabling } from './operations/enable-user.js'
export type { SessionsEnding } from './operations/end-sessions.js'
export type { UserKey } from './operations/find-user.js'
export type {
  EmailConfirmHookContext,
  Hooks,
  PasswordChangeHookContext,
  SessionEndHookContext,
  SessionEndReason,
  SignedInHookContext,
  SignedUpHookContext,
  SignInHookContext,
  SignUpHookContext,
  UserDeleteHookContext,
} from './operations/hooks.js'
export type { ListEventsRequest, StoredAuthEvent } from './operations/list-events.js'
export type { ApiKeyRevocation } from './operations/revoke-api-key.js'
export type { ProfileChange } from './operations/update-profile.js'
export type { FastAuthOptions } from './options/options-schema.js'
export type { ProfileSchema } from './options/user-options.js'
export type { WarningCode } from './options/warnings/warnings.js'
export type { BreachedPasswordCheck } from './passwords/breached-password-check.js'
export { type CustomFormat, custom } from './passwords/formats/custom.js'
export type { PasswordFormat } from './passwords/formats/password-format.js'
export type { HasherSetting } from './passwords/hasher-setting.js'
export { fastAuth, fastAuth as default } from './plugin.js'
// All exports, since applications add claims and fields to the interfaces.
export * from './storage/user-profile.js'
export { type Measurement, type MetricName, metricCatalogue } from './telemetry/metric-catalogue.js'
export type { RequestOrigin } from './telemetry/request-origin.js'
export { apiKeyPattern } from './tokens/api-key.js'
export type { ClaimsHook } from './tokens/claims-hook.js'
export * from './tokens/extra-claims.js'
export type { LoadedUser } from './tokens/loaded-user.js'

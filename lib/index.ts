export type { BootErrorCode, ErrorCode } from '../schemas/index.js'
export type { FastAuth, FastAuthHealth } from './composition/fast-auth.js'
export type { FastAuthOptions } from './composition/options/options-schema.js'
export type { WarningCode } from './composition/options/warnings/warnings.js'
export type { UserAdministration } from './composition/user-administration.js'
export * from './errors/index.js'
export type { AuthEvent, AuthEventName, AuthEventReason, LimitName } from './events/auth-event.js'
export type { HookName } from './events/hook-names.js'
export type { NewUser, UserCreation } from './features/accounts/create-user.js'
export type { UserDeletion } from './features/accounts/delete-user.js'
export type { UserDisabling } from './features/accounts/disable-user.js'
export type { UserEnabling } from './features/accounts/enable-user.js'
export type { UserKey } from './features/accounts/find-user.js'
export type { ProfileSchema } from './features/accounts/options.js'
export type { ProfileChange } from './features/accounts/update-profile.js'
export { apiKeyPattern } from './features/api-keys/api-key-text.js'
export * from './features/api-keys/errors.js'
export type { ApiKeyRevocation } from './features/api-keys/revoke-api-key.js'
export type { ListEventsRequest, StoredAuthEvent } from './features/audit-log/list-events.js'
export type { UserEmailConfirmation } from './features/email/confirm-user-email.js'
export type {
  ChangeMemberRoleAsOwner,
  DeleteOrganizationAsOwner,
  MemberRoleChanging,
  OrganizationDeleting,
} from './features/organization-administration.js'
export * from './features/organizations/errors.js'
export type { SecondFactorClearing } from './features/second-factor/clear-second-factor.js'
export * from './features/second-factor/errors.js'
export type { SessionsEnding } from './features/sessions/end-sessions.js'
export type { BreachedPasswordCheck } from './hashing/breached-password-check.js'
export { type CustomFormat, custom } from './hashing/formats/custom.js'
export type { PasswordFormat } from './hashing/formats/password-format.js'
export type { HasherSetting } from './hashing/hasher-setting.js'
export type {
  EmailConfirmHookContext,
  Hooks,
  InvitationChangeHookContext,
  MembershipChangeHookContext,
  OrganizationChangeHookContext,
  PasswordChangeHookContext,
  SecondFactorChangeHookContext,
  SessionEndHookContext,
  SessionEndReason,
  SignedInHookContext,
  SignedUpHookContext,
  SignInHookContext,
  SignUpHookContext,
  UserDeleteHookContext,
} from './hooks/hooks.js'
export type { AuthenticatedUser } from './http/authentication.js'
export { currentOrganization, currentUser, type Guards } from './http/guards.js'
export { openapiDefaults } from './http/openapi-defaults.js'
export type {
  Count,
  CounterLife,
  LimitCounterSettings,
  LimitCounters,
  MakeLimitCounters,
} from './limits/limit-counters.js'
export { fastAuth, fastAuth as default } from './plugin.js'
// All exports, since applications add claims and fields to the interfaces.
export * from './storage/user-profile.js'
export { type Measurement, type MetricName, metricCatalogue } from './telemetry/metric-catalogue.js'
export type { RequestOrigin } from './telemetry/request-origin.js'
export type { ClaimsContext, ClaimsHook } from './tokens/claims-hook.js'
export * from './tokens/extra-claims.js'
export type { LoadedUser } from './tokens/loaded-user.js'

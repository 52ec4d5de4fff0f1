import { Type } from '@sinclair/typebox'

/** A code of an authenticator app, as it shows it: some apps show a space in the middle. */
export const TotpCode = Type.String({
  pattern: '^[0-9]{3} ?[0-9]{3}$',
  description: 'The six digits that the authenticator app shows. Each code is accepted once.',
  examples: ['123456'],
})

/** A recovery code as a user types it. */
export const RecoveryCode = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'A recovery code. Case, spaces and hyphens do not matter. Each code is accepted once.',
  examples: ['k3f9-7mzq-x2wd-8tnc-5rvb-p6hy'],
})

/** New recovery codes. No later response contains them. */
export const RecoveryCodes = Type.Array(RecoveryCode, {
  minItems: 10,
  maxItems: 10,
  description: 'Ten codes for a user who has lost the authenticator app. No later response contains them.',
})

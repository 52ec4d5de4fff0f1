import { type TSchema, Type } from '@sinclair/typebox'
import { withChanged } from '../with-changed.js'

/** The schemas of the profile, one for each place where it appears. */
export interface ProfileSchemas {
  /** Every field. */
  readonly whole: TSchema
  /** The fields that a user may set at sign-up. */
  readonly signUp: TSchema
  /** The fields that a user may change; none is required. */
  readonly update: TSchema
  /** The fields in responses, with values of any kind. */
  readonly answered: TSchema
}

function withProfile(profile: TSchema): (schema: TSchema) => TSchema {
  return schema => ({ ...schema, properties: { ...schema.properties, profile } })
}

function withSignUpProfile(profile: TSchema): (schema: TSchema) => TSchema {
  const isAsked = (profile.required ?? []).length > 0
  return schema => {
    if (!isAsked) return withProfile(profile)(schema)
    return { ...withProfile(profile)(schema), required: [...(schema.required ?? []), 'profile'] }
  }
}

/**
 * Returns the named schemas of an application with a `profileSchema`. `documented` validates requests and is in the
 * OpenAPI document; `answered` serialises responses. `answered` also serialises a stored profile that does not match the
 * current schema, for example an imported one.
 */
export function schemasWithProfile(
  named: readonly TSchema[],
  { whole, signUp, update, answered }: ProfileSchemas,
): {
  readonly documented: readonly TSchema[]
  readonly answered: readonly TSchema[]
} {
  return {
    documented: withChanged(named, {
      AuthUser: withProfile(whole),
      AuthSignUp: withSignUpProfile(signUp),
      AuthFinishProviderSignUp: withSignUpProfile(signUp),
      AuthUpdateMe: withProfile(update),
    }),
    answered: withChanged(named, { AuthUser: withProfile(Type.Unsafe(answered)) }),
  }
}

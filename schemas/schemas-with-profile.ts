import { type TSchema, Type } from '@sinclair/typebox'
import { withChanged } from './with-changed.js'

/** What the users' own fields are, in each of the places where they are seen. */
export interface ProfileSchemas {
  /** All of them. */
  readonly whole: TSchema
  /** What a person may say of themselves at sign-up. */
  readonly signUp: TSchema
  /** What a person may change: none is required. */
  readonly update: TSchema
  /** What goes out: the fields, whatever their values are. */
  readonly answered: TSchema
}

function withProfile(profile: TSchema): (schema: TSchema) => TSchema {
  return schema => ({ ...schema, properties: { ...schema.properties, profile } })
}

function withSignUpProfile(profile: TSchema): (schema: TSchema) => TSchema {
  const isAsked = (profile.required ?? []).length > 0
  return schema => {
    const required = isAsked ? [...schema.required, 'profile'] : schema.required
    return { ...withProfile(profile)(schema), required }
  }
}

/**
 * The named schemas of an application whose users have fields of its own: `documented` is what validates and what the
 * OpenAPI document has; `answered` is what answers are written with, so that a user whose stored profile is not as the
 * schema asks by now, or was imported, still gets one.
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
      AuthUpdateMe: withProfile(update),
    }),
    answered: withChanged(named, { AuthUser: withProfile(Type.Unsafe(answered)) }),
  }
}

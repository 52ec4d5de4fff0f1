import { type TSchema, Type } from '@sinclair/typebox'
import { namedSchemas } from './index.js'
import { SignUpBody } from './sign-up.js'
import { UpdateMeBody } from './update-me.js'
import { User } from './user.js'

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

function withProfile(schema: TSchema, profile: TSchema): TSchema {
  return { ...schema, properties: { ...schema.properties, profile } }
}

function replacing(...replaced: readonly TSchema[]): readonly TSchema[] {
  const byName = new Map(replaced.map(schema => [schema.$id, schema]))
  return namedSchemas.map(schema => byName.get(schema.$id) ?? schema)
}

function isAsked({ required = [] }: TSchema): boolean {
  return required.length > 0
}

/**
 * The named schemas of an application whose users have fields of its own: `documented` is what validates and what the
 * OpenAPI document has; `answered` is what answers are written with, so that a user whose stored profile is not as the
 * schema asks by now, or was imported, still gets one.
 */
export function schemasWithProfile({ whole, signUp, update, answered }: ProfileSchemas): {
  readonly documented: readonly TSchema[]
  readonly answered: readonly TSchema[]
} {
  const signUpBody = withProfile(SignUpBody, signUp)
  const required = isAsked(signUp) ? [...signUpBody.required, 'profile'] : signUpBody.required
  return {
    documented: replacing(withProfile(User, whole), { ...signUpBody, required }, withProfile(UpdateMeBody, update)),
    answered: replacing(withProfile(User, Type.Unsafe(answered))),
  }
}

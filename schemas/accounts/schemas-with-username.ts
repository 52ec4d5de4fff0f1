import { type TSchema, Type } from '@sinclair/typebox'
import { TypedUsername, Username } from '../fields.js'
import { withChanged } from '../with-changed.js'

function withUsername(username: TSchema): (schema: TSchema) => TSchema {
  return schema => ({ ...schema, properties: { ...schema.properties, username } })
}

const withAnsweredUsername = withUsername(
  Type.String({ description: 'Absent if the user has none', examples: ['ada'] }),
)

function withEither(schema: TSchema): TSchema {
  return { ...withUsername(TypedUsername)(schema), required: ['password'] }
}

/** Adds only the user name; `schemasWithProfile` adds the profile, if there is one. At least one property is required. */
function withNameToChange({ required: _, ...schema }: TSchema): TSchema {
  const username = {
    ...Username,
    type: ['string', 'null'],
    description: `${Username.description} \`null\` removes it.`,
  }
  return { ...schema, properties: { username }, minProperties: 1 } as TSchema
}

/**
 * Returns the named schemas of an application whose users may have user names.
 * @param named the schemas without user names
 * @param atSignUp `false` if addresses must be confirmed: users then choose a name after confirmation. If an unconfirmed
 * sign-up took a name, a second sign-up with the same name would reveal whether the address of the first was free.
 */
export function schemasWithUsername(
  named: readonly TSchema[],
  { atSignUp }: { readonly atSignUp: boolean },
): readonly TSchema[] {
  return withChanged(named, {
    AuthUser: withAnsweredUsername,
    AuthMember: withAnsweredUsername,
    AuthSignIn: withEither,
    AuthUpdateMe: withNameToChange,
    ...(atSignUp ? { AuthSignUp: withUsername(Username) } : {}),
    AuthFinishProviderSignUp: withUsername(Username),
  })
}

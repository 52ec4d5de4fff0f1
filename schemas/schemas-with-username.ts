import { type TSchema, Type } from '@sinclair/typebox'
import { TypedUsername, Username } from './fields.js'
import { namedSchemas } from './index.js'
import { withChanged } from './with-changed.js'

function withUsername(username: TSchema): (schema: TSchema) => TSchema {
  return schema => ({ ...schema, properties: { ...schema.properties, username } })
}

const withAnsweredUsername = withUsername(
  Type.String({ description: 'Not there where the user has none', examples: ['ada'] }),
)

function withEither(schema: TSchema): TSchema {
  return { ...withUsername(TypedUsername)(schema), required: ['password'] }
}

/** A name alone: `schemasWithProfile` adds the profile, where there is one. One of them is asked for. */
function withNameToChange({ required: _, ...schema }: TSchema): TSchema {
  const username = {
    ...Username,
    type: ['string', 'null'],
    description: `${Username.description} \`null\` gives it up.`,
  }
  return { ...schema, properties: { username }, minProperties: 1 } as TSchema
}

/**
 * The named schemas of an application whose users may have user names.
 * @param atSignUp `false` where addresses must be confirmed: there a name is chosen after that. Were one taken by a sign-up
 * that is not confirmed yet, another sign-up with the same name would tell whether the address of the first was free.
 */
export function schemasWithUsername({ atSignUp }: { readonly atSignUp: boolean }): readonly TSchema[] {
  return withChanged(namedSchemas, {
    AuthUser: withAnsweredUsername,
    AuthSignIn: withEither,
    AuthUpdateMe: withNameToChange,
    ...(atSignUp ? { AuthSignUp: withUsername(Username) } : {}),
  })
}

import type { TSchema } from '@sinclair/typebox'
import { withChanged } from '../with-changed.js'
import { CompleteSignInBody } from './complete-sign-in.js'
import { ReauthenticateBody } from './reauthenticate.js'
import { SecondFactorRequired } from './second-factor-required.js'

const ofSecondFactor: ReadonlySet<string | undefined> = new Set(
  [SecondFactorRequired, CompleteSignInBody, ReauthenticateBody].map(({ $id }) => $id),
)

/** Returns a change that makes a password optional: a user who called `reauthenticate` a moment ago need not send it again. */
function withOptional(name: string): (schema: TSchema) => TSchema {
  return ({ required, ...schema }) => {
    const description = 'May be omitted if the user signed in or called `reauthenticate` in the last five minutes'
    const properties = { ...schema.properties, [name]: { ...schema.properties[name], description } }
    const others = required.filter((other: string) => other !== name)
    return { ...schema, properties, ...(others.length === 0 ? {} : { required: others }) } as unknown as TSchema
  }
}

/** Returns the named schemas of an application whose users may have a second factor. */
export function schemasWithSecondFactor(named: readonly TSchema[]): readonly TSchema[] {
  return withChanged(named, {
    AuthDeleteMe: withOptional('password'),
    AuthChangePassword: withOptional('currentPassword'),
    AuthRequestEmailChange: withOptional('password'),
  })
}

/** Returns the named schemas of an application whose users have passwords only. */
export function schemasWithoutSecondFactor(named: readonly TSchema[]): readonly TSchema[] {
  return named.filter(({ $id }) => !ofSecondFactor.has($id))
}

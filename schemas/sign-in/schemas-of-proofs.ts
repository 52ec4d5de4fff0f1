import type { TSchema } from '@sinclair/typebox'
import { withChanged } from '../with-changed.js'
import { CompleteSignInBody } from './complete-sign-in.js'
import { ReauthenticateBody } from './reauthenticate.js'
import { SecondFactorRequired } from './second-factor-required.js'

/** The proofs that users can give beside the password. */
export interface AcceptedProofs {
  readonly hasSecondFactor: boolean
  readonly hasPasskeys: boolean
  /** Mailed codes or other providers. */
  readonly hasOtherFactors: boolean
}

type Change = (schema: TSchema) => TSchema

/** Returns a change that makes a password optional: a user who called `reauthenticate` a moment ago need not send it again. */
function withOptional(name: string): Change {
  return ({ required, ...schema }) => {
    const description = 'May be omitted if the user signed in or called `reauthenticate` in the last five minutes'
    const properties = { ...schema.properties, [name]: { ...schema.properties[name], description } }
    const others = required.filter((other: string) => other !== name)
    return { ...schema, properties, ...(others.length === 0 ? {} : { required: others }) } as unknown as TSchema
  }
}

/** Returns a change that removes properties. */
function without(...names: readonly string[]): Change {
  return schema => {
    const properties = Object.entries(schema.properties).filter(([name]) => !names.includes(name))
    const required = (schema.required ?? []).filter((name: string) => !names.includes(name))
    const others = { ...schema, properties: Object.fromEntries(properties) }
    return (required.length === 0 ? others : { ...others, required }) as unknown as TSchema
  }
}

const withoutPasskeyMethod: Change = schema => {
  const { methods } = schema.properties
  const [items] = [{ ...methods.items, enum: methods.items.enum.filter((method: string) => method !== 'passkey') }]
  return { ...schema, properties: { ...schema.properties, methods: { ...methods, items } } } as unknown as TSchema
}

const recentProof = {
  AuthDeleteMe: withOptional('password'),
  AuthChangePassword: withOptional('currentPassword'),
  AuthRequestEmailChange: withOptional('password'),
}

const withoutPasskeys = {
  AuthSecondFactorRequired: withoutPasskeyMethod,
  AuthCompleteSignIn: without('credential'),
  AuthReauthenticate: without('credential'),
  AuthSecondFactor: without('passkeys'),
}

const withoutSecondFactor = { AuthReauthenticate: without('code', 'recoveryCode') }

/** Returns the schemas, without those of operations that do not exist. */
function withoutSchemas(named: readonly TSchema[], absent: readonly TSchema[]): readonly TSchema[] {
  const ids = new Set(absent.map(({ $id }) => $id))
  return named.filter(({ $id }) => !ids.has($id))
}

/** Returns the named schemas of an application whose users can give these proofs. */
export function schemasOfProofs(
  named: readonly TSchema[],
  { hasSecondFactor, hasPasskeys, hasOtherFactors }: AcceptedProofs,
): readonly TSchema[] {
  if (!hasSecondFactor && !hasPasskeys && !hasOtherFactors)
    return withoutSchemas(named, [SecondFactorRequired, CompleteSignInBody, ReauthenticateBody])
  const recent = withChanged(named, recentProof)
  const accepted = hasPasskeys ? recent : withChanged(recent, withoutPasskeys)
  if (hasSecondFactor) return accepted
  return withChanged(withoutSchemas(accepted, [SecondFactorRequired, CompleteSignInBody]), withoutSecondFactor)
}

import { signInWithCode } from '../../../schemas/email-codes/sign-in-with-code.js'
import { changedOperation } from '../../http/security-schemes.js'
import type { EmailCodeDependencies } from './dependencies.js'

/** Returns the schema of `signInWithCode`, without the responses that cannot occur with the options of the application. */
export function operationFor({
  secondFactor,
  emailSignIn,
}: Pick<EmailCodeDependencies, 'secondFactor' | 'emailSignIn'>): typeof signInWithCode {
  const { 201: ofNewUser, 202: ofMissingFactor, ...always } = signInWithCode.response
  const response = {
    ...always,
    ...(emailSignIn.signUp ? { 201: ofNewUser } : {}),
    ...(secondFactor === 'off' ? {} : { 202: ofMissingFactor }),
  }
  return changedOperation(signInWithCode, { response })
}

import { OptionInvalidError } from '../../errors/index.js'
import { allowed } from './option-sentence.js'
import { type FastAuthOptions, OptionsSchema } from './options-schema.js'

type Links = NonNullable<NonNullable<FastAuthOptions['email']>['links']>

/** Refuses links to pages that do not exist. */
function refuseMissingLinks(links: Links, { emailSignIn, organizations }: FastAuthOptions): void {
  const needed: readonly (keyof Links)[] = [
    'confirmEmail',
    'resetPassword',
    'changeEmail',
    ...(emailSignIn === undefined ? [] : ['signIn' as const]),
    ...(organizations === undefined ? [] : ['invitation' as const]),
  ]
  if (needed.every(purpose => links[purpose] !== undefined)) return
  const names = `${needed.slice(0, -1).join(', ')} and ${needed.at(-1)}`
  throw new OptionInvalidError(
    `The option "pages" of fast-auth is false, so "email.links" must say where ${names} lead`,
  )
}

/**
 * Refuses options that the e-mail flows cannot work with.
 * @throws {OptionInvalidError}
 */
export function refuseUnsendableEmail(given: FastAuthOptions): void {
  const { email, publicUrl, requireEmailConfirmation, pages } = given
  if (email === undefined) {
    if (requireEmailConfirmation !== true) return
    throw new OptionInvalidError('The option "requireEmailConfirmation" of fast-auth needs the option "email"')
  }
  if (publicUrl === undefined) {
    throw new OptionInvalidError('The option "email" of fast-auth needs "publicUrl": links are made from it')
  }
  if (typeof Reflect.get(Object(email.sender), 'send') !== 'function') {
    throw new OptionInvalidError(
      `The option "email.sender" of fast-auth must be ${allowed(OptionsSchema.properties.email.properties.sender)}`,
    )
  }
  if (pages === false) refuseMissingLinks(email.links ?? {}, given)
}

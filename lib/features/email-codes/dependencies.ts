import type { CodeRequests } from '../../tokens/code-request-token.js'
import type { DependenciesWithEmail, EmailDependencies } from '../dependencies.js'
import type { Page } from '../email/pages/page.js'
import type { FeatureRoute } from '../feature.js'
import type { EmailSignInSettings } from './options.js'
import type { SignInCodeStore } from './port.js'

/** What mailed codes add to the dependencies of their routes. */
export interface OwnDependencies {
  readonly signInCodes: SignInCodeStore
  readonly codeRequests: CodeRequests
  readonly emailSignIn: EmailSignInSettings
  readonly signInPage: Page
}

/** Dependencies of the operations on mailed codes. */
export interface EmailCodeDependencies extends DependenciesWithEmail, OwnDependencies {}

/** The option needs `email`, so the dependencies of every route have it. */
export interface OwnWithEmail extends OwnDependencies {
  readonly email: EmailDependencies
}

/** A route of mailed codes. */
export type EmailCodeRoute = FeatureRoute<OwnWithEmail>

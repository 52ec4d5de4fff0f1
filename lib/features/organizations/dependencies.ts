import type { DependenciesWithEmail, EmailDependencies } from '../dependencies.js'
import type { Page } from '../email/pages/page.js'
import type { FeatureRoute } from '../feature.js'
import type { OrganizationSettings } from './options.js'
import type { InvitationStore, MembershipStore, OrganizationStore } from './port.js'

/** What organisations add to the dependencies of their routes. */
export interface OwnDependencies {
  readonly organizationStore: OrganizationStore
  readonly membershipStore: MembershipStore
  readonly invitationStore: InvitationStore
  readonly organizationSettings: OrganizationSettings
  readonly invitationPage: Page
}

/** Dependencies of the operations on organisations. The option needs `email`. */
export interface OrganizationDependencies extends DependenciesWithEmail, OwnDependencies {}

/** The option needs `email`, so the dependencies of every route have it. */
export interface OwnWithEmail extends OwnDependencies {
  readonly email: EmailDependencies
}

/** A route of organisations. */
export type OrganizationRoute = FeatureRoute<OwnWithEmail>

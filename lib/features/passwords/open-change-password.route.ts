import { openChangePassword as schema } from '../../../schemas/passwords/open-change-password.js'
import type { FeatureRoute } from '../feature.js'

export interface ChangePasswordPage {
  /** Path or URL of the page where users change their passwords. `null`: there is no route. */
  readonly changePasswordUrl: string | null
}

export const openChangePasswordRoute: FeatureRoute<ChangePasswordPage> = (scope, { dependencies }) => {
  scope.get('/.well-known/change-password', { schema }, (_, reply) => {
    reply.redirect(String(dependencies.changePasswordUrl))
  })
}

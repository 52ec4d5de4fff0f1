import { emailSchemas } from '../../../schemas/email/index.js'
import { defineFeature } from '../define-feature.js'
import type { EmailDependencies } from '../dependencies.js'
import { confirmEmailRoute } from './confirm-email.route.js'
import { confirmEmailChangeRoute } from './confirm-email-change.route.js'
import { emailMethods } from './port.js'
import { requestEmailChangeRoute } from './request-email-change.route.js'
import { requestPasswordResetRoute } from './request-password-reset.route.js'
import { resetPasswordRoute } from './reset-password.route.js'
import { sendEmailConfirmationRoute } from './send-email-confirmation.route.js'

/** The e-mail flows: confirmation, password reset and change of address. */
export const email = defineFeature<{ readonly email: object | null }, object, { readonly email: EmailDependencies }>({
  name: 'email',
  isOn: options => options.email !== null,
  schemas: emailSchemas,
  storageMethods: emailMethods,
  routes: [
    sendEmailConfirmationRoute,
    confirmEmailRoute,
    requestPasswordResetRoute,
    resetPasswordRoute,
    requestEmailChangeRoute,
    confirmEmailChangeRoute,
  ],
})

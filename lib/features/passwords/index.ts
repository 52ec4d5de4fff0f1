import { passwordSchemas } from '../../../schemas/passwords/index.js'
import { defineFeature } from '../define-feature.js'
import { changePasswordRoute } from './change-password.route.js'
import { type ChangePasswordPage, openChangePasswordRoute } from './open-change-password.route.js'
import { passwordMethods } from './port.js'

interface Options {
  readonly passwords: { readonly changePasswordUrl?: string }
}

/** Passwords: their rules, hashes and changes. */
export const passwords = defineFeature<Options, object, ChangePasswordPage>({
  name: 'passwords',
  schemas: passwordSchemas,
  storageMethods: passwordMethods,
  routes: [changePasswordRoute],
  rootRoutes: [{ route: openChangePasswordRoute, isOn: ({ passwords }) => passwords.changePasswordUrl !== undefined }],
  compose: ({ options }) => ({ own: { changePasswordUrl: options.passwords.changePasswordUrl ?? null } }),
})

import { passwordSchemas } from '../../../schemas/passwords/index.js'
import { defineFeature } from '../define-feature.js'
import { changePasswordRoute } from './change-password.route.js'
import { passwordMethods } from './port.js'

/** Passwords: their rules, hashes and changes. */
export const passwords = defineFeature<object, object>({
  name: 'passwords',
  schemas: passwordSchemas,
  storageMethods: passwordMethods,
  routes: [changePasswordRoute],
})

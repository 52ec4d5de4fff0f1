import { signInSchemas } from '../../../schemas/sign-in/index.js'
import { defineFeature } from '../define-feature.js'
import { signInRoute } from './sign-in.route.js'

/** Sign-in with a password. */
export const signIn = defineFeature<object, object>({
  name: 'sign-in',
  schemas: signInSchemas,
  storageMethods: {},
  routes: [signInRoute],
})

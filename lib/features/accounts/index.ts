import { accountSchemas } from '../../../schemas/accounts/index.js'
import { defineFeature } from '../define-feature.js'
import { deleteMeRoute } from './delete-me.route.js'
import { getMeRoute } from './get-me.route.js'
import { accountMethods } from './port.js'
import { signUpRoute } from './sign-up.route.js'
import { updateMeRoute } from './update-me.route.js'

interface Options {
  readonly usernames: boolean
  readonly profileSchema?: unknown
}

/** Returns whether users have anything to change: profile fields or a user name. */
function hasChanges({ usernames, profileSchema }: Options): boolean {
  return usernames || profileSchema !== undefined
}

/** Accounts: sign-up, profiles, user names and deletion. */
export const accounts = defineFeature<Options, object>({
  name: 'accounts',
  schemas: accountSchemas,
  storageMethods: accountMethods,
  routes: [signUpRoute, getMeRoute, { route: updateMeRoute, isOn: hasChanges }, deleteMeRoute],
})

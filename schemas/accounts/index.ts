import { DeleteMeBody } from './delete-me.js'
import { Me } from './get-me.js'
import { ConfirmationRequired, SignUpBody } from './sign-up.js'
import { UpdatedUser, UpdateMeBody } from './update-me.js'
import { User } from './user.js'

/** The schemas of accounts with a name in the OpenAPI document. */
export const accountSchemas = [
  User,
  SignUpBody,
  ConfirmationRequired,
  Me,
  UpdateMeBody,
  UpdatedUser,
  DeleteMeBody,
] as const

export { DeleteMeBody, deleteMe, deleteMeWithRecentProof } from './delete-me.js'
export { getMe, Me } from './get-me.js'
export { ConfirmationRequired, SignUpBody, signUp } from './sign-up.js'
export { UpdatedUser, UpdateMeBody, updateMe } from './update-me.js'
export { User } from './user.js'

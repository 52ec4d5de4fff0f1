import type { Message } from '../message.js'
import { addressTaken } from './address-taken.js'
import { changeEmail } from './change-email.js'
import { confirmEmail } from './confirm-email.js'
import { emailChangeRequested } from './email-change-requested.js'
import { identityLinked } from './identity-linked.js'
import { identityNotLinked } from './identity-not-linked.js'
import { identityUnlinked } from './identity-unlinked.js'
import { invitation } from './invitation.js'
import type { EmailContent, MessageInput } from './message-template.js'
import { passkeyAdded } from './passkey-added.js'
import { passkeyCopied } from './passkey-copied.js'
import { passkeyRemoved } from './passkey-removed.js'
import { passwordChanged } from './password-changed.js'
import { recoveryCodesRenewed } from './recovery-codes-renewed.js'
import { refreshTokenRepeated } from './refresh-token-repeated.js'
import { refreshTokenReused } from './refresh-token-reused.js'
import { resetPassword } from './reset-password.js'
import { secondFactorAdded } from './second-factor-added.js'
import { secondFactorCleared } from './second-factor-cleared.js'
import { secondFactorRemoved } from './second-factor-removed.js'
import { signIn } from './sign-in.js'

/** The message templates of the plugin, which apply unless the application has its own. */
export const messageTemplates: { readonly [Kind in Message['kind']]: (input: MessageInput<Kind>) => EmailContent } = {
  confirmEmail,
  resetPassword,
  signIn,
  changeEmail,
  invitation,
  emailChangeRequested,
  passwordChanged,
  addressTaken,
  refreshTokenReused,
  refreshTokenRepeated,
  secondFactorAdded,
  secondFactorRemoved,
  secondFactorCleared,
  recoveryCodesRenewed,
  passkeyAdded,
  passkeyRemoved,
  passkeyCopied,
  identityLinked,
  identityUnlinked,
  identityNotLinked,
}

import { emailCodeSchemas } from '../../../schemas/email-codes/index.js'
import { createCodeRequests } from '../../tokens/code-request-token.js'
import { defineFeature } from '../define-feature.js'
import type { OwnWithEmail } from './dependencies.js'
import { createEmailCodeProofs } from './email-code-proofs.js'
import type { EmailSignInSettings } from './options.js'
import { emailCodeMethods, type SignInCodeStore } from './port.js'
import { requestSignInCodeRoute } from './request-sign-in-code.route.js'
import { createSignInPage } from './sign-in-page.js'
import { signInPageRoute } from './sign-in-page-route.js'
import { signInWithCodeRoute } from './sign-in-with-code.route.js'

interface Options {
  /** `null`: no codes are mailed. */
  readonly emailSignIn: EmailSignInSettings | null
  readonly pages: boolean
}

/** Sign-in with a code or a link that is mailed to the user. */
export const emailCodes = defineFeature<Options, { readonly signInCodes?: SignInCodeStore }, OwnWithEmail>({
  name: 'email-codes',
  isOn: options => options.emailSignIn !== null,
  schemas: emailCodeSchemas,
  storageMethods: emailCodeMethods,
  routes: [requestSignInCodeRoute, signInWithCodeRoute],
  pageRoutes: [{ route: signInPageRoute, isOn: ({ pages }) => pages }],

  compose({ options, storage, keyring, appName }) {
    const signInCodes = storage.signInCodes as SignInCodeStore
    const own = {
      signInCodes,
      codeRequests: createCodeRequests({ keyring }),
      emailSignIn: options.emailSignIn as EmailSignInSettings,
      signInPage: createSignInPage({ appName }),
    }
    // The options without a sender are refused before: the other dependencies have `email`.
    return { own: own as OwnWithEmail, proofs: () => createEmailCodeProofs({ signInCodes }) }
  },
})

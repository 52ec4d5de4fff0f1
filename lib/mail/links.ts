import { OptionInvalidError } from '../errors/index.js'
import type { OneTimeToken } from '../tokens/one-time-token.js'
import type { SignInCode } from '../tokens/sign-in-code.js'
import type { LinkPurpose } from './message.js'

export interface LinkOptions {
  /** The public URL of the application for browsers. Never taken from a request. */
  readonly publicUrl: string
  /** The path of the routes of the plugin for browsers, such as `/auth`. */
  readonly routesPath: string
  /** Pages of the application that replace those of the plugin: absolute http or https URLs without a fragment. */
  readonly links?: { readonly [Purpose in LinkPurpose]?: string | undefined } | undefined
}

export type LinkTo = (purpose: LinkPurpose, token: OneTimeToken | SignInCode) => string

const pagePaths: Readonly<Record<LinkPurpose, string>> = {
  confirmEmail: '/email/confirm',
  resetPassword: '/password/reset',
  changeEmail: '/email/change/confirm',
  signIn: '/sign-in/email',
  invitation: '/invitations/accept',
}

function ownPage(purpose: LinkPurpose, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || text.includes('#')) {
    throw new OptionInvalidError(
      `The option "email.links.${purpose}" of fast-auth must be an http or https URL without a fragment, such as https://app.example.com/welcome`,
    )
  }
  return url.href
}

/**
 * Returns the URLs of the links in messages. The token is in the fragment (`#token=…`), which browsers do not send to
 * servers, so it appears neither in their logs nor in the Referer header.
 * @throws {OptionInvalidError} One of `links` is invalid.
 */
export function createLinks({ publicUrl, routesPath, links = {} }: LinkOptions): LinkTo {
  const { origin } = new URL(publicUrl)
  const pageOf = (purpose: LinkPurpose) => {
    const own = links[purpose]
    return own === undefined ? origin + routesPath + pagePaths[purpose] : ownPage(purpose, own)
  }
  const pages: Readonly<Record<LinkPurpose, string>> = {
    confirmEmail: pageOf('confirmEmail'),
    resetPassword: pageOf('resetPassword'),
    changeEmail: pageOf('changeEmail'),
    signIn: pageOf('signIn'),
    invitation: pageOf('invitation'),
  }
  return (purpose, token) => `${pages[purpose]}#token=${token}`
}

import { isPasskeyOrigin } from '../../features/passkeys/origins.js'
import { isHasherSetting } from '../../hashing/hasher-setting.js'
import { isOrigin } from '../../http/serialised-origin.js'

/** Returns whether the text is the path of a page of this host, or an http or https URL. */
export function isPageUrl(text: string): boolean {
  if (/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return true
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** String formats in the schemas of options. */
export const optionFormats = {
  url: (text: string) => URL.canParse(text),
  origin: isOrigin,
  passkeyOrigin: isPasskeyOrigin,
  pageUrl: isPageUrl,
  passwordHasher: isHasherSetting,
}

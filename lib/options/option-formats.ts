import { isOrigin } from '../http/serialised-origin.js'
import { isHasherSetting } from '../passwords/hasher-setting.js'

/** String formats in the schemas of options. */
export const optionFormats = {
  url: (text: string) => URL.canParse(text),
  origin: isOrigin,
  passwordHasher: isHasherSetting,
}

import { isOrigin } from '../http/serialised-origin.js'
import { isHasherSetting } from '../passwords/hasher-setting.js'

/** The formats that strings of options have. */
export const optionFormats = {
  url: (text: string) => URL.canParse(text),
  origin: isOrigin,
  passwordHasher: isHasherSetting,
}

import { isHasherSetting } from '../../hashing/hasher-setting.js'
import { isOrigin } from '../../http/serialised-origin.js'

/** String formats in the schemas of options. */
export const optionFormats = {
  url: (text: string) => URL.canParse(text),
  origin: isOrigin,
  passwordHasher: isHasherSetting,
}

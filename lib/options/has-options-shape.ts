import { Ajv, type ValidateFunction } from 'ajv'
import { optionFormats } from './option-formats.js'
import { type FastAuthOptions, OptionsSchema } from './options-schema.js'

/** How options are compiled: here when a process starts, and for the package when it is built (`.ci/build.mjs`). */
export const optionsAjvSettings = { verbose: true, strict: false, ownProperties: true, formats: optionFormats } as const

/** Says whether options are as `OptionsSchema` asks; `errors` says what is wrong. */
export const hasOptionsShape: ValidateFunction<FastAuthOptions> = new Ajv(optionsAjvSettings).compile<FastAuthOptions>(
  OptionsSchema,
)

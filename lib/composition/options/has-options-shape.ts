import { Ajv, type ValidateFunction } from 'ajv'
import { optionFormats } from './option-formats.js'
import { type FastAuthOptions, OptionsSchema } from './options-schema.js'

/** Settings that compile the options schema: here when a process starts, and for the package when it is built (`.ci/build.mjs`). */
export const optionsAjvSettings = { verbose: true, strict: false, ownProperties: true, formats: optionFormats } as const

/** Returns whether options match `OptionsSchema`; `errors` has the problems. */
export const hasOptionsShape: ValidateFunction<FastAuthOptions> = new Ajv(optionsAjvSettings).compile<FastAuthOptions>(
  OptionsSchema,
)

import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import envSchema from 'env-schema'
import type { CliContext } from './cli-context.js'
import { partsOf } from './parts-of.js'
import { type ProviderVariable, providerVariables, type Variable, variables } from './variables.js'

/** The variables that are set, as strings. */
export type Environment = { readonly [V in Variable | ProviderVariable]?: string }

/** Returns the name of a variable of one provider. */
export function providerVariable(name: string, ending: (typeof providerVariables)[number]): ProviderVariable {
  return `PROVIDER_${name.toUpperCase().replaceAll('-', '_')}_${ending}`
}

function readVariables({ env }: CliContext, dotenvFile: string, names: readonly string[]): Environment {
  const schema = Type.Object(Object.fromEntries(names.map(name => [name, Type.Optional(Type.String())])))
  try {
    return envSchema<Environment>({ schema, data: env, env: false, dotenv: { path: dotenvFile } })
  } catch (cause) {
    throw new Error(`Cannot read the file ${dotenvFile}: ${(cause as Error).message}`, { cause })
  }
}

/**
 * Reads the known variables, and those of the providers that PROVIDERS names, of the process and of the file `.env` in the working directory. The process has priority.
 * Trims each value; an empty variable counts as not set.
 * @throws {Error} The file `.env` exists and cannot be read.
 */
export function readEnvironment(context: CliContext): Environment {
  const dotenvFile = join(context.cwd(), '.env')
  const { PROVIDERS = '' } = readVariables(context, dotenvFile, variables)
  const ofProviders = partsOf(PROVIDERS).flatMap(name =>
    providerVariables.map(ending => providerVariable(name, ending)),
  )
  const given = readVariables(context, dotenvFile, [...variables, ...ofProviders])
  const trimmed = Object.entries(given).map(([variable, text]) => [variable, String(text).trim()])
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''))
}

import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import envSchema from 'env-schema'
import type { CliContext } from './cli-context.js'
import { type Variable, variables } from './variables.js'

/** The variables that are set, as strings. */
export type Environment = { readonly [V in Variable]?: string }

const schema = Type.Object(Object.fromEntries(variables.map(variable => [variable, Type.Optional(Type.String())])))

function readVariables({ env }: CliContext, dotenvFile: string): Environment {
  try {
    return envSchema<Environment>({ schema, data: env, env: false, dotenv: { path: dotenvFile } })
  } catch (cause) {
    throw new Error(`Cannot read the file ${dotenvFile}: ${(cause as Error).message}`, { cause })
  }
}

/**
 * Reads the known variables of the process and of the file `.env` in the working directory. The process has priority.
 * Trims each value; an empty variable counts as not set.
 * @throws {Error} The file `.env` exists and cannot be read.
 */
export function readEnvironment(context: CliContext): Environment {
  const given = readVariables(context, join(context.cwd(), '.env'))
  const trimmed = Object.entries(given).map(([variable, text]) => [variable, text.trim()])
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''))
}

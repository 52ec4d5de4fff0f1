import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import envSchema from 'env-schema'
import type { CliContext } from './cli-context.js'
import { type Variable, variables } from './variables.js'

/** The variables that are set, as text. */
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
 * The variables of the process, and those of the file `.env` in the working directory that the process doesn't have.
 * Space around a value is dropped, and a variable that is empty counts as not set. Others are left out.
 * @throws {Error} There is an `.env` that cannot be read.
 */
export function readEnvironment(context: CliContext): Environment {
  const given = readVariables(context, join(context.cwd(), '.env'))
  const trimmed = Object.entries(given).map(([variable, text]) => [variable, text.trim()])
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''))
}

import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import envSchema from 'env-schema'
import type { Surroundings } from './surroundings.js'

/** Every variable that means something to the command line. */
export const variables = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'DATABASE_URL',
  'JWT_SECRET_KEY',
  'JWT_PRIVATE_KEY_FILE',
  'INTROSPECTION_SECRET_KEY',
  'JWT_ISS',
  'JWT_AUD',
  'HASHER_SECRET_KEY',
  'PASSWORD_HASHER',
  'PUBLIC_URL',
  'TRUSTED_ORIGINS',
  'MAIL_URL',
  'FROM_EMAIL',
  'REQUIRE_EMAIL_CONFIRMATION',
  'USERNAMES',
  'ACCESS_TOKEN_LIFETIME',
  'SESSION_IDLE_LIFETIME',
  'SESSION_LIFETIME',
  'REFRESH_GRACE',
  'COOKIE_SECURE',
  'COOKIE_DOMAIN',
  'COOKIE_SAME_SITE',
  'RATE_LIMITS',
  'TRUST_PROXY',
  'LOG_LEVEL',
] as const

export type Variable = (typeof variables)[number]

/** The variables that are set, as text. */
export type Environment = { readonly [V in Variable]?: string }

const schema = Type.Object(Object.fromEntries(variables.map(variable => [variable, Type.Optional(Type.String())])))

function readVariables({ env }: Surroundings, dotenvFile: string): Environment {
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
export function readEnvironment(surroundings: Surroundings): Environment {
  const given = readVariables(surroundings, join(surroundings.cwd(), '.env'))
  const trimmed = Object.entries(given).map(([variable, text]) => [variable, text.trim()])
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''))
}

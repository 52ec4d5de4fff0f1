import { randomBytes } from 'node:crypto'
import type { Surroundings } from './surroundings.js'

/** 32 random bytes as base64url: 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** `fast-auth secret`: prints a secret for JWT_SECRET_KEY. */
export async function secret({ stdout }: Surroundings): Promise<number> {
  stdout.write(`${newSecret()}\n`)
  return 0
}

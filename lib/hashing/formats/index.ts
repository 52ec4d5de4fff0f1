import { argon2id } from './argon2id.js'
import { plainBcrypt } from './bcrypt.js'
import { bcryptSha256 } from './bcrypt-sha256.js'
import type { PasswordFormat } from './password-format.js'
import { pbkdf2Sha256 } from './pbkdf2-sha256.js'
import { scrypt } from './scrypt.js'

/** The built-in formats of stored hashes. No string matches two of them. */
export const passwordFormats: readonly PasswordFormat[] = [bcryptSha256, plainBcrypt, argon2id, scrypt, pbkdf2Sha256]

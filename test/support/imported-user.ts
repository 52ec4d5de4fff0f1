import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import type { PasswordHash, Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from './account.js'
import { testApplication } from './test-application.js'

/** Puts a user into the storage as an import does, with a hash that another system made. Answers with their id. */
export async function importUser(storage: Storage, email: string, passwordHash: string): Promise<string> {
  const user = {
    id: randomUUID(),
    email,
    emailConfirmedAt: null,
    username: null,
    passwordHash: passwordHash as PasswordHash,
    profile: {},
    createdAt: Date.UTC(2020, 0, 1),
    lastSignInAt: null,
    disabledAt: null,
  }
  await storage.users.create({ user, session: null, token: null, messages: [], messagesIfTaken: [] })
  return user.id
}

/** Hashes of `correct horse battery`: by bcrypt and passlib of Python, by @node-rs/argon2, and by fast-auth. */
export const importedHashes = {
  'plain bcrypt 10': '$2b$10$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.',
  scrypt: '$scrypt$ln=14,r=8,p=1$U+p97733HgNA6J3TGsO49w$RaJKXWsergenAn8uqW24eTSULLwB/B82zRlL/4oF0ow',
  'PBKDF2-SHA-256': '$pbkdf2-sha256$29000$WguhdI5xTgnh/N9bi/Feqw$wjYAqstRGDEUjj6ZO4Fk1Yz0rCEWGzmIRx0.hER.x98',
  argon2id: '$argon2id$v=19$m=19456,t=2,p=1$SRyEnGNUsTefyQb0hnVgpw$Cp2ZibkoXCZq4sbR8IoQo4nfZN0o8/b0W66gJh51CHo',
  'an older bcrypt-sha256': '$bcrypt-sha256$v=2,t=2b,r=8$xERZOwDcJLPDQq3fcIuRM.$hlCcpdcKz0pXrvGUqQiafunqSbVyLIK',
} as const

export interface ImportedAppSettings {
  readonly storage?: Storage
  readonly passwords?: FastAuthOptions['passwords']
}

/** An app whose one user came from elsewhere. */
export async function importedApp(
  t: Test,
  stored: string,
  { storage = memoryStorage(), passwords }: ImportedAppSettings = {},
) {
  await storage.migrate()
  const userId = await importUser(storage, ada.email, stored)
  const options = { storage, passwords: { hasher: 'bcrypt:10', ...passwords } } as const
  const tested = await testApplication(t, { options })
  const storedHash = async () => (await storage.users.find({ userId }))?.passwordHash
  return { ...tested, storage, userId, storedHash }
}

/** A sign-in with cookies. */
export function signInRequest(password: string, email: string = ada.email) {
  return { method: 'POST', url: '/auth/sign-in', payload: { email, password } } as const
}

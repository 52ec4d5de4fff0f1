import crypto from 'node:crypto'
import argon2 from '@node-rs/argon2'
import bcrypt from 'bcrypt'
import type { Test } from 'tap'

/** Counts what is hashed from now on, by whichever hasher. Answers with the calls since it was asked last. */
export function hashCalls(t: Test): () => readonly unknown[] {
  const ofBcrypt = t.capture(bcrypt, 'hash', bcrypt.hash)
  const ofArgon2 = t.capture(argon2, 'hashRaw', argon2.hashRaw)
  const ofScrypt = t.capture(crypto, 'scrypt', crypto.scrypt)
  return () => [...ofBcrypt(), ...ofArgon2(), ...ofScrypt()]
}

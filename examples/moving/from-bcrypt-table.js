// Converts a table with bcrypt hashes into lines for `fast-auth import`. Users keep their passwords.
// Run it: psql -At -f examples/moving/bcrypt-table.sql OLD | node examples/moving/from-bcrypt-table.js | npx fast-auth import -
import { createInterface } from 'node:readline'

const time = (/** @type {string | null} */ text) => (text === null ? null : new Date(text).toISOString())

for await (const line of createInterface({ input: process.stdin })) {
  const { email, password_hash: passwordHash, created_at: createdAt, verified_at: verifiedAt } = JSON.parse(line)
  const user = { email, passwordHash, createdAt: time(createdAt), emailConfirmedAt: time(verifiedAt) }
  process.stdout.write(`${JSON.stringify(user)}\n`)
}

// Converts the users of Auth.js into lines for `fast-auth import`. They have no passwords.
// Run it: node examples/moving/from-auth-js.js < users.ndjson | npx fast-auth import -
import { createInterface } from 'node:readline'
import { newId } from './new-id.js'

for await (const line of createInterface({ input: process.stdin })) {
  const { id, email, name, emailVerified } = JSON.parse(line)
  const user = {
    id: newId(id),
    email,
    passwordHash: null,
    // Auth.js knows this of users who signed in by mail only.
    emailConfirmedAt: emailVerified === null ? null : new Date(emailVerified).toISOString(),
    profile: name === null ? {} : { name },
  }
  process.stdout.write(`${JSON.stringify(user)}\n`)
}

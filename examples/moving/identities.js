// Writes SQL that links the accounts of other providers to the users that `fast-auth import` has created. The input is that of
// the import: the lines of auth-js.sql or better-auth.sql. For PostgreSQL and SQLite.
// Run it: node examples/moving/identities.js < users.ndjson | psql NEW
import { createHash, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { newId } from './new-id.js'

/** The issuers of the presets. Add those of your own providers, exactly as in your options. @type {Record<string, string>} */
const issuers = {
  google: 'https://accounts.google.com',
  apple: 'https://appleid.apple.com',
  github: 'https://github.com/login/oauth',
  gitlab: 'https://gitlab.com',
  discord: 'https://discord.com',
}

/** Names that the other library has for Microsoft. */
const microsoft = ['microsoft', 'microsoft-entra-id', 'azure-ad']

/**
 * Returns the tenant of a Microsoft account: of its stored ID token, or the only one of your application.
 * @param {string | null | undefined} idToken
 */
function tenantOf(idToken) {
  try {
    return JSON.parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString()).tid
  } catch {
    return process.env.MICROSOFT_TENANT
  }
}

/** @param {{ provider: string, subject: string | number, idToken?: string | null }} account */
function identityOf({ provider, subject, idToken }) {
  if (!microsoft.includes(provider)) return { provider, issuer: issuers[provider], subject: String(subject) }
  const tenant = tenantOf(idToken)
  const issuer = tenant && `https://login.microsoftonline.com/${tenant}/v2.0`
  return { provider: 'microsoft', issuer, subject: String(subject) }
}

const text = (/** @type {string} */ value) => `'${value.replaceAll("'", "''")}'`

for await (const line of createInterface({ input: process.stdin })) {
  const { id, accounts } = JSON.parse(line)
  for (const account of accounts) {
    const { provider, issuer, subject } = identityOf(account)
    if (issuer === undefined) {
      process.stderr.write(`The issuer of an account at ${provider} is unknown: user ${id} must link it again\n`)
      continue
    }
    const keyHash = createHash('sha256')
      .update(JSON.stringify([issuer, subject]))
      .digest('base64url')
    const values = [keyHash, provider, issuer, subject].map(text).join(', ')
    const createdAt = account.createdAt === undefined ? 'created_at' : new Date(account.createdAt).getTime()
    process.stdout.write(
      `insert into fast_auth_identities (id, user_id, key_hash, provider, issuer, subject, email, created_at, last_used_at)
  select '${randomUUID()}', id, ${values}, null, ${createdAt}, null from fast_auth_users where id = '${newId(id)}'
  on conflict do nothing;\n`,
    )
  }
}

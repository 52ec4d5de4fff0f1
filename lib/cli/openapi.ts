import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import Fastify from 'fastify'
import { AnyProfile } from '../../schemas/accounts/any-profile.js'
import { memoryStorage } from '../engines/memory.js'
import { oidc } from '../features/providers/providers.js'
import { openapiDefaults } from '../http/openapi-defaults.js'
import { memorySender } from '../mail/index.js'
import { fastAuth } from '../plugin.js'
import type { CliContext } from './cli-context.js'
import { openapiDocument } from './openapi-document.js'
import { assertInstalled } from './require-packages.js'
import { newSecret } from './secret.js'

/** The packages of the features in the document. */
export const documentedPackages = ['@fastify/swagger', '@simplewebauthn/server', 'openid-client'] as const

/** The document has every operation. */
const secondFactor = 'offered'
const emailSignIn = { signUp: true }
const organizations = {}
const passkeys = { rpId: 'localhost', origins: ['http://localhost', 'https://related.example'] }

/** One provider that has every route. */
const providers = [
  oidc({
    name: 'example',
    displayName: 'Example',
    issuer: 'https://example.com',
    clientId: 'example',
    responseMode: 'form_post',
  }),
]

interface ProvidersDocument {
  readonly paths?: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly parameters?: readonly { name: string; schema: { enum?: unknown } }[] }>>
    >
  >
}

/** Removes the name of the provider above: the document describes any provider. */
function withoutProviderNames<Document extends object>(document: Document): Document {
  const { paths = {} }: ProvidersDocument = document
  const operations = Object.values(paths).flatMap(path => Object.values(path))
  for (const { schema, name } of operations.flatMap(({ parameters = [] }) => parameters)) {
    if (name === 'provider') delete schema.enum
  }
  return document
}

async function renderDocument(): Promise<string> {
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify()
  const described = openapiDocument('/', { secondFactor, passkeys, emailSignIn, providers, organizations })
  await app.register(swagger, {
    ...described,
    transformObject: parts => withoutProviderNames(openapiDefaults.transformObject(parts)),
  })
  await app.register(fastAuth, {
    secrets: [newSecret()],
    storage: memoryStorage(),
    profileSchema: AnyProfile,
    usernames: true,
    secondFactor,
    passkeys,
    emailSignIn,
    providers,
    organizations,
    passwords: { changePasswordUrl: '/' },
    publicUrl: 'http://localhost',
    email: { sender: memorySender(), from: 'no-reply@localhost' },
  })
  await app.ready()
  const document = app.swagger({ yaml: true })
  await app.close()
  return document
}

/**
 * `fast-auth openapi`: writes the OpenAPI 3.1 document as YAML. Every run of a release writes the same bytes.
 * @param output The file to write, relative to the working directory. Default: stdout.
 */
export async function openapi(
  { stdout, cwd }: CliContext,
  { output }: { readonly output?: string | undefined },
): Promise<number> {
  assertInstalled(documentedPackages)
  const document = await renderDocument()
  if (output === undefined) stdout.write(document)
  else await writeFile(resolve(cwd(), output), document)
  return 0
}

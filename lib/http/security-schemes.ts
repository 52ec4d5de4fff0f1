import type { RouteOptions } from 'fastify'
import type { OperationSchema } from '../../schemas/index.js'
import * as schemas from '../../schemas/index.js'
import type { CookieNames } from './cookie-names.js'
import { type ApiDocument, completeWhenRead } from './refusal-answers.js'

/** The credentials that `security` names in the schemas, as OpenAPI's security schemes. */
export const securitySchemes = {
  accessCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-access_token',
    description:
      'HttpOnly cookie, set at sign-in. `__Secure-access_token` with a domain, `access_token` where cookies are not secure.',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of transport `token`.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk-…',
    description: 'An API key, in place of an access token. The application chooses the prefix of its keys.',
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Secure-refresh_token',
    description: 'HttpOnly cookie, sent to these routes only. `refresh_token` where cookies are not secure.',
  },
  signInCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-sign_in',
    description:
      'HttpOnly cookie of a sign-in that waits for a second factor or a mailed code. `sign_in` where cookies are not secure, `__Secure-sign_in` where they have a domain.',
  },
  providerFlowCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-provider_flow',
    description:
      'HttpOnly cookie of a sign-in at another provider that is under way. `provider_flow` where cookies are not secure, `__Secure-provider_flow` where they have a domain.',
  },
  introspectionSecret: {
    type: 'http',
    scheme: 'bearer',
    description: 'One of the option `introspectionSecrets`: for other services, only at `introspectToken`.',
  },
} as const

type CookieScheme = Readonly<Record<'type' | 'in' | 'name' | 'description', string>>

type SecuritySchemes = Readonly<Record<keyof typeof securitySchemes, object>>

const made = new WeakSet<object>(Object.values(securitySchemes))

/** Returns whether a scheme of a document is one of ours, with any cookie name. */
export function isOurScheme(scheme: unknown): boolean {
  return typeof scheme === 'object' && scheme !== null && made.has(scheme)
}

function named(scheme: CookieScheme, name: string): CookieScheme {
  if (scheme.name === name) return scheme
  const own = { ...scheme, name, description: scheme.description.replace(/(?<=\.) .*/, '') }
  made.add(own)
  return own
}

/** Returns the schemes with the cookie names of an application. */
function schemesWith({ access, refresh, signIn, providerFlow }: CookieNames): SecuritySchemes {
  const { accessCookie, refreshCookie, signInCookie, providerFlowCookie } = securitySchemes
  return {
    ...securitySchemes,
    accessCookie: named(accessCookie, access),
    refreshCookie: named(refreshCookie, refresh),
    signInCookie: named(signInCookie, signIn),
    providerFlowCookie: named(providerFlowCookie, providerFlow),
  }
}

/** Swagger 2.0 has no cookies and no bearer tokens: both are described as headers. */
const securityDefinitions = {
  accessCookie: { ...securitySchemes.accessCookie, in: 'header', name: 'cookie' },
  accessToken: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the access token.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the API key.' },
  refreshCookie: { ...securitySchemes.refreshCookie, in: 'header', name: 'cookie' },
  signInCookie: { ...securitySchemes.signInCookie, in: 'header', name: 'cookie' },
  providerFlowCookie: { ...securitySchemes.providerFlowCookie, in: 'header', name: 'cookie' },
  introspectionSecret: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the secret.' },
} as const

interface Transformed {
  readonly schema: OperationSchema
  readonly url: string
  readonly openapiObject?: ApiDocument & { components: { securitySchemes?: object } }
  readonly swaggerObject?: ApiDocument & { securityDefinitions?: object }
}

/** Adds the schemes that the operation names, except those that the host defines under the same name. */
function withSchemes(present: object | undefined, schemes: object, { security }: OperationSchema): object {
  const names = new Set([...Object.keys(Object(present)), ...security.flatMap(Object.keys)])
  const others = Object.entries(Object(present)).filter(([, scheme]) => !isOurScheme(scheme))
  return {
    ...Object.fromEntries(Object.entries(schemes).filter(([name]) => names.has(name))),
    ...Object.fromEntries(others),
  }
}

/** Returns a transform that adds the schemes to the document under construction, and schedules the refusals of guards. */
function namingSchemes(schemes: SecuritySchemes) {
  return ({ schema, url, openapiObject, swaggerObject }: Transformed) => {
    if (openapiObject !== undefined) {
      const { components } = openapiObject
      components.securitySchemes = withSchemes(components.securitySchemes, schemes, schema)
      completeWhenRead(openapiObject)
    }
    if (swaggerObject !== undefined) {
      swaggerObject.securityDefinitions = withSchemes(swaggerObject.securityDefinitions, securityDefinitions, schema)
      completeWhenRead(swaggerObject)
    }
    return { schema, url }
  }
}

const ours: ReadonlySet<unknown> = new Set([...Object.values(schemas), ...Object.values(schemas.singleToken)])
const changed = new WeakSet<object>()

/** Returns one of our operations as it is with the options of an application. */
export function changedOperation<Operation extends OperationSchema>(
  operation: Operation,
  changes: Partial<OperationSchema>,
): Operation {
  const own = { ...operation, ...changes }
  changed.add(own)
  return own
}

/** Returns whether the schema is that of one of our operations. */
export function isOurOperation(schema: unknown): schema is OperationSchema {
  return ours.has(schema) || changed.has(Object(schema))
}

/**
 * Returns a function that adds security schemes for routes of fast-auth to the document of any `@fastify/swagger` version,
 * which cannot write a `security` that it does not know. The host's own `transform` is not called for our routes.
 */
export function bringingSecuritySchemes(names: CookieNames): (route: RouteOptions) => void {
  const swaggerTransform = namingSchemes(schemesWith(names))
  return route => {
    if (isOurOperation(route.schema)) route.config = Object.assign({}, route.config, { swaggerTransform })
  }
}

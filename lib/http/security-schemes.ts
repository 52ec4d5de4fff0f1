import type { RouteOptions } from 'fastify'
import type { OperationSchema } from '../../schemas/index.js'
import * as schemas from '../../schemas/index.js'
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
    description: 'An API key, in the place of an access token. The application chooses what keys begin with.',
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Secure-refresh_token',
    description: 'HttpOnly cookie, sent to these routes only. `refresh_token` where cookies are not secure.',
  },
  introspectionSecret: {
    type: 'http',
    scheme: 'bearer',
    description: 'One of the option `introspectionSecrets`: for other services, at `introspectToken` only.',
  },
} as const

/** Swagger 2.0 knows no cookies and no bearer tokens: both are headers there. */
const securityDefinitions = {
  accessCookie: { ...securitySchemes.accessCookie, in: 'header', name: 'cookie' },
  accessToken: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the access token.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the API key.' },
  refreshCookie: { ...securitySchemes.refreshCookie, in: 'header', name: 'cookie' },
  introspectionSecret: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Bearer and the secret.' },
} as const

interface Transformed {
  readonly schema: OperationSchema
  readonly url: string
  readonly openapiObject?: ApiDocument & { components: { securitySchemes?: object } }
  readonly swaggerObject?: ApiDocument & { securityDefinitions?: object }
}

/** With the schemes that the operation names, but for those that the host has of the same name. */
function withSchemes(present: object | undefined, schemes: object, { security }: OperationSchema): object {
  const names = new Set([...Object.keys(Object(present)), ...security.flatMap(Object.keys)])
  return { ...Object.fromEntries(Object.entries(schemes).filter(([name]) => names.has(name))), ...present }
}

/** Names the schemes in the document that is being made, and has the refusals of guards added to it. */
function nameSchemes({ schema, url, openapiObject, swaggerObject }: Transformed) {
  if (openapiObject !== undefined) {
    const { components } = openapiObject
    components.securitySchemes = withSchemes(components.securitySchemes, securitySchemes, schema)
    completeWhenRead(openapiObject)
  }
  if (swaggerObject !== undefined) {
    swaggerObject.securityDefinitions = withSchemes(swaggerObject.securityDefinitions, securityDefinitions, schema)
    completeWhenRead(swaggerObject)
  }
  return { schema, url }
}

const ours: ReadonlySet<unknown> = new Set([...Object.values(schemas), ...Object.values(schemas.singleToken)])

/**
 * Where `route` is one of fast-auth's, lets it name the security schemes in the document of whichever `@fastify/swagger`
 * the host has, which cannot write a `security` that it doesn't know. The host's own `transform` passes our routes over.
 */
export function bringSecuritySchemes(route: RouteOptions): void {
  if (ours.has(route.schema)) route.config = Object.assign({}, route.config, { swaggerTransform: nameSchemes })
}

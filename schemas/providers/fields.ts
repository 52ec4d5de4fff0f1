import { type Static, Type } from '@sinclair/typebox'

/** The name of a provider of the application. The document of an application lists them. */
export const ProviderName = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'The name of a provider that the server offers',
  examples: ['google'],
})

/** The parameters in the path of a route of one provider. */
export const ProviderParams = Type.Object({ provider: ProviderName }, { additionalProperties: false })
export type ProviderParams = Static<typeof ProviderParams>

/** Where the browser goes after the callback. */
export const ReturnTo = Type.String({
  minLength: 1,
  maxLength: 2000,
  description:
    'Where the browser goes afterwards: a path of the server that begins with one slash, or a URL of a trusted origin, without a fragment. Default: the start page of the server.',
  examples: ['/account'],
})

/** The ID token of a native app. */
export const IdToken = Type.String({
  minLength: 1,
  maxLength: 8192,
  description: 'The ID token that the provider gave to the app',
  examples: ['eyJhbGciOiJSUzI1NiIs…'],
})

const text = Type.Optional(Type.String({ maxLength: 4096 }))

/** The parameters of a callback (RFC 6749, section 4.1.2; RFC 9207). Providers add their own. */
export const CallbackParameters = Type.Object({
  code: text,
  state: text,
  iss: text,
  error: text,
})

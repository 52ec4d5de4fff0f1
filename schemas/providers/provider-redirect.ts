import { type Static, Type } from '@sinclair/typebox'

/** The URL of the provider. The browser must go there. */
export const ProviderRedirect = Type.Object(
  {
    url: Type.String({
      description: 'Send the browser to this URL. The provider returns it to the callback of the server.',
      examples: ['https://accounts.google.com/o/oauth2/v2/auth?…'],
    }),
  },
  { $id: 'fast-auth.AuthProviderRedirect' },
)
export type ProviderRedirect = Static<typeof ProviderRedirect>

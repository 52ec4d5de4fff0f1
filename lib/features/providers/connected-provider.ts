import type { ConnectedProvider } from './options.js'

/** Returns a provider of the application. The schemas of the routes refuse other names. */
export function connectedProvider(
  { connectedProviders }: { readonly connectedProviders: ReadonlyMap<string, ConnectedProvider> },
  name: string,
): ConnectedProvider {
  return connectedProviders.get(name) as ConnectedProvider
}

import { pageSettings } from './page-settings.js'

/** Returns the name of a provider for users. A linked provider may have been removed from the server. */
export function providerNamed(name: string): string {
  return pageSettings.providers.find(provider => provider.name === name)?.displayName ?? name
}

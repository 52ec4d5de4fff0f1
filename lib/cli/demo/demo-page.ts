import { page, type ScriptSettings } from './page.js'

export interface DemoSettings extends ScriptSettings {
  readonly basePath: string
  readonly hasMailbox: boolean
}

const content = `<main>
<h1>Try it</h1>
<p class="lead">This page calls the public routes of this server with <code>fast-auth/client</code>.
It exists only in development, not in production.</p>
<div id="main"></div>
<noscript><p>This page needs JavaScript.</p></noscript>
</main>
<div id="notice" role="status"></div>`

/** Returns the page at `/`, which covers the whole life of an account, from sign-up to deletion. */
export function demoPage({
  tokenMode,
  secondFactor,
  hasPasskeys,
  hasMailedCodes,
  roles,
  providers,
  ...settings
}: DemoSettings): string {
  return page({
    ...settings,
    title: 'fast-auth',
    content,
    script: { tokenMode, secondFactor, hasPasskeys, hasMailedCodes, roles, providers },
  })
}

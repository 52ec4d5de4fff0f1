import type { TokenMode } from '../../../schemas/token-mode.js'
import { page } from './page.js'

export interface DemoSettings {
  readonly basePath: string
  readonly tokenMode: TokenMode
  readonly hasMailbox: boolean
}

const content = `<main>
<h1>Try it</h1>
<p class="lead">Everything on this page is done with the public routes of this server, by <code>fast-auth/client</code>.
It is here for development; in production there is no such page.</p>
<div id="main"></div>
<noscript><p>This page needs JavaScript.</p></noscript>
</main>
<div id="notice" role="status"></div>`

/** The page at `/`: a whole account, from its sign-up to its end. */
export function demoPage({ tokenMode, ...settings }: DemoSettings): string {
  return page({ ...settings, title: 'fast-auth', content, script: { tokenMode } })
}

import type { SignedInParts } from './account.js'
import { copyText } from './copy-text.js'
import { button, element } from './element.js'

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  element('a', { href: url, download: 'recovery-codes.txt' }).click()
  // The browser reads the text after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Shows new recovery codes until the user has kept them. */
export function recoveryCodes(
  { say }: Pick<SignedInParts, 'say'>,
  codes: readonly string[],
  kept: () => void,
): HTMLElement {
  const text = `Recovery codes for ${location.host}\nEach code works once.\n\n${codes.join('\n')}\n`
  return element(
    'div',
    { class: 'key', tabindex: '-1', role: 'group', 'aria-label': 'Your recovery codes' },
    element(
      'p',
      {},
      'Keep these recovery codes. Each replaces the authenticator app once. The server stores only their digests and cannot show them again.',
    ),
    element('ul', { class: 'codes' }, ...codes.map(code => element('li', {}, element('code', {}, code)))),
    element(
      'div',
      { class: 'row' },
      button('Copy', () => copyText(say, codes.join('\n'), 'The codes are')),
      button('Download', () => download(text)),
      button('Print', () => print()),
      button('I have kept the codes', kept),
    ),
  )
}

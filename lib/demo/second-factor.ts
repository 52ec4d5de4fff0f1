import type { AuthError, AuthNewTotp, AuthSecondFactor } from '../client/index.js'
import type { SignedInParts } from './account.js'
import { card, when } from './card.js'
import { codeField } from './code-form.js'
import { button, element } from './element.js'
import { form } from './form.js'
import { qrCode } from './qr-code.js'
import { withRecentProof } from './recent-proof.js'
import { recoveryCodes } from './recovery-codes.js'
import { sentenceFor } from './sentences.js'

export interface SecondFactorParts extends Pick<SignedInParts, 'client' | 'say'> {
  /** Called when the user has set the app up, and has kept the recovery codes. */
  finished?(): void
}

/** Sets up an authenticator app, replaces the recovery codes, and removes the app. */
export function secondFactor({ client, say, finished }: SecondFactorParts): HTMLElement {
  const place = element('div')

  /** Shows a part, and moves the focus there, since the pressed button is gone. */
  function show(...parts: readonly HTMLElement[]): void {
    place.replaceChildren(...parts)
    place.querySelector<HTMLElement>('input, [tabindex], button')?.focus()
  }

  function fail(error: AuthError): void {
    say(sentenceFor(error), 'failure')
  }

  async function read(): Promise<readonly HTMLElement[]> {
    const { data, error } = await client.getSecondFactor()
    if (error === undefined) return [overview(data)]
    fail(error)
    return []
  }

  function overview({ totp, recoveryCodesLeft }: AuthSecondFactor): HTMLElement {
    if (totp === null) {
      const isDue = finished !== undefined
      const reason = isDue
        ? 'This server requires a second factor. Set it up before you continue.'
        : 'With an authenticator app on your phone, a stolen password is not enough to sign in.'
      return element('div', {}, element('p', {}, reason), button('Set up an authenticator app', start))
    }
    return element(
      'div',
      {},
      element('p', {}, 'Your authenticator app was set up ', when(totp.confirmedAt), '.'),
      element('p', {}, `${recoveryCodesLeft} recovery codes are left.`),
      element('div', { class: 'row' }, button('Get new recovery codes', renew), button('Remove the app', remove)),
    )
  }

  async function start(): Promise<void> {
    const { data, error } = await withRecentProof(client, () => client.startTotp())
    if (error === undefined) show(...setUp(data))
    else fail(error)
  }

  function setUp({ secret, uri }: AuthNewTotp): HTMLElement[] {
    return [
      element(
        'div',
        { class: 'key' },
        element('p', {}, 'Scan this code with your authenticator app, or type the secret into it.'),
        qrCode(uri, 'QR code for your authenticator app'),
        element('p', {}, 'Secret: ', element('code', {}, secret)),
        element('p', {}, element('a', { href: uri }, 'Open an authenticator app on this device')),
      ),
      form({
        name: 'Confirm the authenticator app',
        fields: [{ ...codeField, label: 'Code that the app shows now' }],
        submit: 'Confirm the app',
        async send({ code = '' }) {
          const { data, error } = await client.confirmTotp({ code: code.trim() })
          if (error === undefined) showCodes('Your second factor is set up. Your other sessions have ended.', data)
          return error
        },
      }),
      element(
        'div',
        { class: 'row' },
        button('Cancel', async () => show(...(await read()))),
      ),
    ]
  }

  function showCodes(sentence: string, { recoveryCodes: codes }: { readonly recoveryCodes: readonly string[] }): void {
    say(sentence)
    const kept = async () => (finished === undefined ? show(...(await read())) : finished())
    show(recoveryCodes({ say }, codes, kept))
  }

  async function renew(): Promise<void> {
    const { data, error } = await withRecentProof(client, () => client.renewRecoveryCodes())
    if (error === undefined) showCodes('Your earlier recovery codes are no longer accepted.', data)
    else fail(error)
  }

  async function remove(): Promise<void> {
    const { error } = await withRecentProof(client, () => client.removeTotp())
    if (error !== undefined) return fail(error)
    say('Your second factor is removed. Your other sessions have ended.')
    show(...(await read()))
  }

  void read().then(parts => place.replaceChildren(...parts))
  return card('Second factor', place)
}

import type { AuthClient, AuthError } from '../client/index.js'
import { codeForm } from './code-form.js'
import { button, element } from './element.js'
import { form } from './form.js'
import { pageSettings } from './page-settings.js'
import { passkeyButton } from './passkey-button.js'

type Proof = 'password' | 'code'

/** The proof that an operation lacks, by its error. */
const proofs: ReadonlyMap<string | undefined, Proof> = new Map([
  ['FAST_AUTH_RECENT_SIGN_IN_REQUIRED', 'password'],
  ['FAST_AUTH_SECOND_FACTOR_REQUIRED', 'code'],
])

async function ownsPasskey(client: AuthClient): Promise<boolean> {
  if (!pageSettings.hasPasskeys) return false
  const { data } = await client.listPasskeys()
  return data !== undefined && data.items.length > 0
}

/** Asks for the proof in a dialog. Resolves to `false` if the user closes it. */
function askFor(client: AuthClient, proof: Proof, hasPasskeys: boolean): Promise<boolean> {
  return new Promise(resolve => {
    const title = element('h2', { id: 'proof-title' }, 'Confirm that it is you')
    const place = element('div')
    const dialog: HTMLDialogElement = element(
      'dialog',
      { 'aria-labelledby': 'proof-title' },
      title,
      place,
      element(
        'div',
        { class: 'row' },
        button('Cancel', () => dialog.close()),
      ),
    )
    const closed = new AbortController()
    let isProven = false

    async function send(given: Parameters<AuthClient['reauthenticate']>[0]): Promise<AuthError | undefined> {
      const { error } = await client.reauthenticate(given, { signal: closed.signal })
      // Another tab may have set up a second factor since.
      if (error?.code === 'FAST_AUTH_SECOND_FACTOR_REQUIRED') return show('code')
      isProven = error === undefined
      if (isProven) dialog.close()
      return error
    }

    function show(proof: Proof): undefined {
      const common = { name: 'Confirm that it is you', submit: 'Confirm' }
      const password = {
        name: 'password',
        label: 'Your password',
        type: 'password',
        autocomplete: 'current-password',
      } as const
      if (proof === 'code') place.replaceChildren(codeForm({ ...common, hasRecoveryCodes: true, hasPasskeys, send }))
      else
        place.replaceChildren(
          form({ ...common, fields: [password], send: ({ password = '' }) => send({ password }) }),
          hasPasskeys ? passkeyButton(() => send({ passkey: true })) : '',
        )
      place.querySelector('input')?.focus()
    }

    dialog.addEventListener('close', () => {
      dialog.remove()
      closed.abort()
      resolve(isProven)
    })
    document.body.append(dialog)
    dialog.showModal()
    show(proof)
  })
}

/** Runs an operation. If it needs a recent proof, asks the user for it, and repeats the operation. */
export async function withRecentProof<Result extends { readonly error?: AuthError | undefined }>(
  client: AuthClient,
  operation: () => Promise<Result>,
): Promise<Result> {
  const result = await operation()
  const proof = proofs.get(result.error?.code)
  return proof !== undefined && (await askFor(client, proof, await ownsPasskey(client))) ? operation() : result
}

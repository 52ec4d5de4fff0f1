import type { Storage } from '../../../composition/storage.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import type { OneTimeTokenPurpose } from '../../../storage/records.js'
import type { PresentedOneTimeToken } from '../port.js'

export const purposes = ['confirmEmail', 'resetPassword', 'changeEmail'] as const satisfies OneTimeTokenPurpose[]

/** The outcome of each method when it consumes a token of its own purpose. */
export const consumed = { confirmEmail: 'confirmed', resetPassword: 'reset', changeEmail: 'changed' } as const

/** Presents a token to the method of this purpose. */
export async function consumeToken(
  { oneTimeTokens }: Storage,
  purpose: OneTimeTokenPurpose,
  { hash, now }: PresentedOneTimeToken,
): Promise<{ readonly outcome: string }> {
  if (purpose === 'confirmEmail') return oneTimeTokens.confirmEmail({ hash, now })
  if (purpose === 'changeEmail') return oneTimeTokens.changeEmail({ hash, now })
  return oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
}

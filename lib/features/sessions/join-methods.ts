import type { SessionRecord, SignInMethod } from '../../storage/records.js'

/**
 * Returns the methods of a session after further proofs: those it has, then the new ones, without repetitions. Pure: every
 * adapter calls it within its atomic step.
 * @param session the session as stored at that moment
 * @param methods the methods of the further proofs
 * @example
 * ```ts
 * import { joinMethods, type SessionRecord } from 'fast-auth/storage'
 *
 * declare const session: SessionRecord
 * const reauthenticated = { ...session, methods: joinMethods(session, ['totp']) }
 * ```
 */
export function joinMethods(
  { methods: present }: Pick<SessionRecord, 'methods'>,
  methods: readonly SignInMethod[],
): readonly SignInMethod[] {
  return [...new Set([...present, ...methods])]
}

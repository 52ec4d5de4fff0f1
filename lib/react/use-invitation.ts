import { useEffect, useMemo, useState } from 'react'
import type {
  AuthError,
  AuthInvitationPreview,
  OperationErrorCode,
  OperationResult,
  OperationSettings,
} from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** An invitation to an organisation, and the answers to it. */
export interface InvitationState {
  /** What the invitation is for. `null` until the server has answered, and if the invitation is not valid. */
  readonly invitation: AuthInvitationPreview | null
  /** The error of reading the invitation; `null` if there is none. */
  readonly error: AuthError<OperationErrorCode<'previewInvitation'>> | null
  /** Makes the signed-in user a member. The session then acts in the organisation. */
  readonly accept: (settings?: OperationSettings) => Promise<OperationResult<'acceptInvitation'>>
  /** Declines the invitation. Needs no session. */
  readonly decline: (settings?: OperationSettings) => Promise<OperationResult<'declineInvitation'>>
}

interface Read extends Pick<InvitationState, 'invitation' | 'error'> {
  readonly token: string
}

/**
 * Reads an invitation, for the page that its link opens. This consumes nothing. A new user calls `signUp` of the client with
 * `invitationToken` instead of `accept`.
 * @param token the token in the fragment of the link
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useInvitation } from 'fast-auth/react'
 *
 * export function Invitation({ token }: { token: string }) {
 *   const { invitation, error, accept, decline } = useInvitation(token)
 *   if (error !== null) return <p>This invitation is not valid</p>
 *   return (
 *     <>
 *       <p>Join {invitation?.organizationName}?</p>
 *       <button onClick={() => accept()}>Join</button>
 *       <button onClick={() => decline()}>Decline</button>
 *     </>
 *   )
 * }
 * ```
 */
export function useInvitation(token: string): InvitationState {
  const client = useAuthClient()
  const [read, setRead] = useState<Read>({ token, invitation: null, error: null })

  useEffect(() => {
    let isStale = false
    async function preview(): Promise<void> {
      const { data = null, error = null } = await client.previewInvitation({ token })
      if (!isStale) setRead({ token, invitation: data, error })
    }
    void preview()
    return () => {
      isStale = true
    }
  }, [client, token])

  const answers = useMemo<Pick<InvitationState, 'accept' | 'decline'>>(
    () => ({
      accept: settings => client.acceptInvitation({ token }, settings),
      decline: settings => client.declineInvitation({ token }, settings),
    }),
    [client, token],
  )
  const isRead = read.token === token
  return { invitation: isRead ? read.invitation : null, error: isRead ? read.error : null, ...answers }
}

import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { useSession } from './use-session.js'

/** The properties of `SignedOut`. */
export interface SignedOutProps {
  readonly children?: ReactNode
}

/**
 * Renders its children if no user is signed in. Renders nothing until that is known.
 * @example
 * ```tsx
 * import { SignedOut } from 'fast-auth/react'
 *
 * export const Invitation = () => <SignedOut>Please sign in</SignedOut>
 * ```
 */
export function SignedOut({ children }: SignedOutProps): ReactElement | null {
  return useSession().status === 'signed-out' ? createElement(Fragment, null, children) : null
}

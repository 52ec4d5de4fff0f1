import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { useSession } from './use-session.js'

/** The properties of `SignedIn`. */
export interface SignedInProps {
  readonly children?: ReactNode
}

/**
 * Renders its children if a user is signed in. Renders nothing until that is known.
 * @example
 * ```tsx
 * import { SignedIn } from 'fast-auth/react'
 *
 * export const Greeting = () => <SignedIn>Welcome back</SignedIn>
 * ```
 */
export function SignedIn({ children }: SignedInProps): ReactElement | null {
  return useSession().status === 'signed-in' ? createElement(Fragment, null, children) : null
}

import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { useSession } from './use-session.js'

export interface SignedInProps {
  readonly children?: ReactNode
}

/** Renders its children if a user is signed in. Renders nothing until that is known. */
export function SignedIn({ children }: SignedInProps): ReactElement | null {
  return useSession().status === 'signed-in' ? createElement(Fragment, null, children) : null
}

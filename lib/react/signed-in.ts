import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { useSession } from './use-session.js'

export interface SignedInProps {
  readonly children?: ReactNode
}

/** Shows its children to who is signed in, once that is known. */
export function SignedIn({ children }: SignedInProps): ReactElement | null {
  return useSession().status === 'signed-in' ? createElement(Fragment, null, children) : null
}

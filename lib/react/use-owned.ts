import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from './use-session.js'

/** Something that the server stores for the user, and what changes it. */
export interface Owned<Value> {
  /** `null` if no user is signed in, and until the server has answered. */
  readonly value: Value | null
  /** Returns the operation, after whose success the value is read again. */
  readonly thenRead: <Parameters extends readonly unknown[], Result extends { readonly error?: unknown }>(
    operation: (...parameters: Parameters) => Promise<Result>,
  ) => (...parameters: Parameters) => Promise<Result>
}

/** What was read, with its user: after a sign-in of another user, the former value is still in the state. */
interface Held<Value> {
  /** `undefined`: the page has just opened, and its user was not known yet. */
  readonly owner: string | undefined
  readonly value: Value
}

/**
 * Follows something that the server stores for the user.
 * @param request operation that reads it; always the same function for one client
 */
export function useOwned<Value>(request: () => Promise<{ readonly data?: Value | undefined }>): Owned<Value> {
  const { status, user } = useSession()
  const [held, setHeld] = useState<Held<Value> | null>(null)
  /** The number of the newest request: responses to earlier ones are stale. */
  const newest = useRef(0)
  const present = useRef<string | undefined>(undefined)

  const read = useCallback(async () => {
    newest.current += 1
    const own = newest.current
    const owner = present.current
    const { data } = await request()
    if (own === newest.current && data !== undefined) setHeld({ owner, value: data })
  }, [request])

  const userId = user?.id
  const isSignedOut = status === 'signed-out'
  useEffect(() => {
    present.current = userId
    if (isSignedOut) setHeld(null)
    else void read()
    return () => {
      newest.current += 1
      // Another user follows; a user who becomes known is the same.
      if (userId !== undefined) setHeld(null)
    }
  }, [read, isSignedOut, userId])

  const thenRead = useMemo<Owned<Value>['thenRead']>(
    () =>
      operation =>
      async (...parameters) => {
        const result = await operation(...parameters)
        if (result.error === undefined) void read()
        return result
      },
    [read],
  )
  const isOwn = !isSignedOut && (held?.owner === undefined || held.owner === userId)
  return { value: isOwn && held !== null ? held.value : null, thenRead }
}

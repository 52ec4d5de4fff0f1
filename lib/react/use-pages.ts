import { useCallback, useEffect, useRef, useState } from 'react'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** What was read, with what it belongs to: after a change of the owner, the former list is still in the state. */
interface Held<Item> extends Page<Item> {
  readonly owner: string
}

/** A list that the server returns page by page. */
export interface Pages<Item> {
  /** The pages that were read so far. `null` if there is nothing to read, and until the server has answered. */
  readonly items: readonly Item[] | null
  /** Reads the next page; `null` if there is none. */
  readonly more: (() => Promise<void>) | null
  /** Reads again as many items as before. */
  readonly reread: () => Promise<void>
}

/** Reads one page. `after` is `next` of the page before. */
export type ReadPage<Item> = (after: { readonly after?: string }) => Promise<{ readonly data?: Page<Item> | undefined }>

/**
 * Follows a list that the server returns page by page. It is read when the function changes.
 * @param readPage `null`: there is nothing to read
 * @param owner what the list belongs to. If it changes, the former list disappears immediately.
 */
export function usePages<Item>(readPage: ReadPage<Item> | null, owner: string): Pages<Item> {
  const [held, setHeld] = useState<Held<Item> | null>(null)
  /** The number of the newest request: responses to earlier ones are stale. */
  const newest = useRef(0)
  const shown = useRef<Held<Item> | null>(null)
  const present = useRef(owner)

  const show = useCallback((next: Held<Item> | null) => {
    shown.current = next
    setHeld(next)
  }, [])

  /** Reads on from a page until there are so many items. Does nothing for a former owner, whose operation may end later. */
  const read = useCallback(
    async (from: Page<Item> | null, minimum: number) => {
      if (readPage === null || owner !== present.current) return
      newest.current += 1
      const own = newest.current
      let found = from
      do {
        const { data } = await readPage(found?.next ? { after: found.next } : {})
        if (own !== newest.current || data === undefined) return
        found = { items: [...(found?.items ?? []), ...data.items], next: data.next }
      } while (found.next !== null && found.items.length < minimum)
      show({ ...found, owner })
    },
    [readPage, owner, show],
  )

  const reread = useCallback(() => read(null, shown.current?.items.length ?? 0), [read])

  useEffect(() => {
    present.current = owner
    return () => show(null)
  }, [owner, show])
  useEffect(() => {
    void reread()
    return () => {
      newest.current += 1
    }
  }, [reread])

  const page = held?.owner === owner ? held : null
  const isMore = page !== null && page.next !== null
  return {
    items: page?.items ?? null,
    more: isMore ? () => read(page, page.items.length + 1) : null,
    reread,
  }
}

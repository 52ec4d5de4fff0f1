/** A page of a list, and where the next one starts. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** `null` on the last page. */
  readonly next: string | null
}

/** How many items a page has if the request does not say. */
export const defaultPageSize = 50

/**
 * Returns a page of a list.
 * @param found the items of the page, and one more if there is a next page
 * @param limit how many items the page has
 * @param idOf the id by which the list is ordered
 */
export function pageOf<Item>(found: readonly Item[], limit: number, idOf: (item: Item) => string): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? idOf(last) : null }
}

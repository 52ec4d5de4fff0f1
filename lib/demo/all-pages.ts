import type { AuthError } from '../client/index.js'

type PageResult<Item> =
  | { readonly data: { readonly items: readonly Item[]; readonly next: string | null }; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: AuthError }

/** Bounds the number of requests for one list. */
const maximumPages = 20

/** Reads a list page by page, to its end or to 2,000 items. */
export async function allPages<Item>(
  readPage: (page: { readonly limit: number; readonly after?: string }) => Promise<PageResult<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly error?: AuthError }> {
  const items: Item[] = []
  let after: { readonly after?: string } = {}
  for (let count = 0; count < maximumPages; count += 1) {
    const { data, error } = await readPage({ limit: 100, ...after })
    if (error !== undefined) return { items, error }
    items.push(...data.items)
    if (data.next === null) break
    after = { after: data.next }
  }
  return { items }
}

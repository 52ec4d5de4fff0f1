/**
 * What was read in tokens lately, so that reading one again costs no signature check. A token is known by its whole text
 * and by nothing else: no other text has its content.
 */
export interface RecentTokens<Content> {
  recall(token: string): Content | null
  /** Only for a token that is authentic: a stranger's must push nobody's out. The content must not change any more. */
  keep(token: string, content: Content): void
  readonly size: number
}

/** Of a token's text, on average: longer ones leave room for fewer. */
const charactersPerToken = 1024

/**
 * Two halves: where the newer one is full, it becomes the older one, and the older one is forgotten at once. So at least
 * the half used last is there, whatever comes, and no eviction takes longer the more there are.
 * @param maximumCount Less than 2: nothing is remembered.
 */
export function createRecentTokens<Content>(maximumCount: number): RecentTokens<Content> {
  const countOfHalf = Math.floor(maximumCount / 2)
  const charactersOfHalf = countOfHalf * charactersPerToken
  let newer = new Map<string, Content>()
  let older = new Map<string, Content>()
  let characters = 0

  /** The text is copied: a part of a header would keep all of that header in memory. */
  function put(token: string, content: Content): void {
    if (newer.size + 1 > countOfHalf || characters + token.length > charactersOfHalf) {
      older = newer
      newer = new Map()
      characters = 0
    }
    newer.set(Buffer.from(token).toString(), content)
    characters += token.length
  }

  return {
    recall(token) {
      const content = newer.get(token)
      if (content !== undefined) return content
      const olderContent = older.get(token)
      if (olderContent === undefined) return null
      put(token, olderContent)
      return olderContent
    },
    keep(token, content) {
      if (countOfHalf > 0) put(token, content)
    },
    get size() {
      return newer.size + older.size
    },
  }
}

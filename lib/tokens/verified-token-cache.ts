/**
 * Caches the contents of recently verified tokens, so that their signatures are not checked again. The key of an entry is the
 * token's whole text, so no other text has its content.
 */
export interface VerifiedTokenCache<Content> {
  recall(token: string): Content | null
  /** Only for authentic tokens: an attacker's must not evict a user's. The content must not change any more. */
  keep(token: string, content: Content): void
  readonly size: number
}

/** Average length of a token: longer ones reduce the number of entries. */
const charactersPerToken = 1024

/** Hashing the whole text of a token would take longer than all other steps. */
const charactersOfPlace = 43

interface Remembered<Content> {
  readonly token: string
  readonly content: Content
}

/**
 * Uses two halves: when the newer one is full, it becomes the older one, and the older one is dropped. So at least the most
 * recently used half is always present, and the time of an eviction does not depend on the size. The last characters of a token
 * (of a JWT the end of its signature) select the slot; the whole text is compared.
 * @param maximumCount below 2: nothing is cached.
 */
export function createVerifiedTokenCache<Content>(maximumCount: number): VerifiedTokenCache<Content> {
  const countOfHalf = Math.floor(maximumCount / 2)
  const charactersOfHalf = countOfHalf * charactersPerToken
  let newer = new Map<string, Remembered<Content>>()
  let older = new Map<string, Remembered<Content>>()
  let characters = 0

  function put(remembered: Remembered<Content>): void {
    const { length } = remembered.token
    if (newer.size + 1 > countOfHalf || characters + length > charactersOfHalf) {
      older = newer
      newer = new Map()
      characters = 0
    }
    newer.set(remembered.token.slice(-charactersOfPlace), remembered)
    characters += length
  }

  return {
    recall(token) {
      const place = token.slice(-charactersOfPlace)
      const newest = newer.get(place)
      if (newest?.token === token) return newest.content
      const old = older.get(place)
      if (old?.token !== token) return null
      put(old)
      return old.content
    },
    keep(token, content) {
      // The text is copied: a substring of a header would keep the whole header in memory.
      if (countOfHalf > 0) put({ token: Buffer.from(token).toString(), content })
    },
    get size() {
      return newer.size + older.size
    },
  }
}

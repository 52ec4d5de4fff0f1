/**
 * What was read in tokens lately, so that reading one again costs no signature check. A token is known by its whole text
 * and by nothing else: no other text has its content.
 */
export interface VerifiedTokenCache<Content> {
  recall(token: string): Content | null
  /** Only for a token that is authentic: a stranger's must push nobody's out. The content must not change any more. */
  keep(token: string, content: Content): void
  readonly size: number
}

/** Of a token's text, on average: longer ones leave room for fewer. */
const charactersPerToken = 1024

/** Hashing all of a token's text would take longer than everything else here. */
const charactersOfPlace = 43

interface Remembered<Content> {
  readonly token: string
  readonly content: Content
}

/**
 * Two halves: where the newer one is full, it becomes the older one, and the older one is forgotten at once. So at least
 * the half used last is there, whatever comes, and no eviction takes longer the more there are. A token's last characters
 * say where it lies (of a JWT the end of its signature), and its whole text whether it is the one.
 * @param maximumCount Less than 2: nothing is remembered.
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
      // The text is copied: a part of a header would keep all of that header in memory.
      if (countOfHalf > 0) put({ token: Buffer.from(token).toString(), content })
    },
    get size() {
      return newer.size + older.size
    },
  }
}

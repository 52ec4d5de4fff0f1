/** Returns whether at most `changes` edits of one character, or swaps of two neighbours, turn one text into the other. */
function isWithin(changes: number, typed: string, known: string): boolean {
  if (typed === known) return true
  if (typed[0] === known[0]) return isWithin(changes, typed.slice(1), known.slice(1))
  if (changes === 0) return false
  const isSwapped = typed[0] === known[1] && typed[1] === known[0]
  return (
    isWithin(changes - 1, typed.slice(1), known.slice(1)) ||
    isWithin(changes - 1, typed.slice(1), known) ||
    isWithin(changes - 1, typed, known.slice(1)) ||
    (isSwapped && isWithin(changes - 1, typed.slice(2), known.slice(2)))
  )
}

const maximumChanges = 2

/**
 * Returns the known name that the user most likely meant. Compares the name and its last word; accepts another case, a
 * prefix, or at most two typing mistakes.
 * @param typed The name as the user wrote it.
 * @returns `undefined` if no name is similar.
 */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const text = typed.toLowerCase()
  const isLike = (changes: number) => (name: string) =>
    [name, ...name.split(' ').slice(-1)].some(known => isWithin(changes, text, known))
  const extended = text.length > 1 ? names.find(name => name.startsWith(text)) : undefined
  if (extended !== undefined) return extended
  for (let changes = 0; changes <= maximumChanges && changes < text.length - 1; changes++) {
    const found = names.find(isLike(changes))
    if (found !== undefined) return found
  }
  return undefined
}

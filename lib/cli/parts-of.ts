/** Returns the nonempty parts between commas, trimmed. */
export function partsOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

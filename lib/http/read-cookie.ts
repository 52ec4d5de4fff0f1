import { fastifyCookie } from '@fastify/cookie'

/** Nothing that has to be decoded, and no blanks around it. */
function isPlain(value: string): boolean {
  return !value.includes('%') && value.trim() === value
}

/**
 * The cookie of this name exactly as `@fastify/cookie` reads it. Where the name first stands at the beginning of a cookie,
 * and its value is plain, no other cookie is looked at; everything else is parsed in full.
 */
export function readCookie(header: string, name: string): string | undefined {
  const start = header.indexOf(name)
  if (start === -1) return undefined
  const valueStart = start + name.length + 1
  const isWhole = (start === 0 || header.startsWith('; ', start - 2)) && header[valueStart - 1] === '='
  const end = header.indexOf(';', valueStart)
  const value = end === -1 ? header.slice(valueStart) : header.slice(valueStart, end)
  return isWhole && isPlain(value) ? value : fastifyCookie.parse(header)[name]
}

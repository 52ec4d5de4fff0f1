import { fastifyCookie } from '@fastify/cookie'

/** Returns whether the value needs no decoding and has no surrounding blanks. */
function isPlain(value: string): boolean {
  return !value.includes('%') && value.trim() === value
}

/** Returns the values of all cookies of this name. Each is parsed alone, since `@fastify/cookie` keeps one value per name. */
function parseAll(header: string, name: string): string[] {
  const values = header.split(';').flatMap(part => fastifyCookie.parse(part)[name] ?? [])
  return [...new Set(values)]
}

/**
 * Returns the different values of the cookies of this name, in their order, each exactly as `@fastify/cookie` reads it.
 * A browser sends two cookies of one name if they have different domains or paths; it does not say which is which. If the
 * name occurs once, at the beginning of a cookie, and the value is plain, nothing else is parsed.
 */
export function readCookies(header: string, name: string): readonly string[] {
  const start = header.indexOf(name)
  if (start === -1) return []
  const valueStart = start + name.length + 1
  if (header.indexOf(name, valueStart) !== -1) return parseAll(header, name)
  const isWhole = (start === 0 || header.startsWith('; ', start - 2)) && header[valueStart - 1] === '='
  const end = header.indexOf(';', valueStart)
  const value = end === -1 ? header.slice(valueStart) : header.slice(valueStart, end)
  return isWhole && isPlain(value) ? [value] : parseAll(header, name)
}

/** Hosts of this machine. Not every resolver answers subdomains of `localhost` with a loopback address. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Returns whether requests to the URL stay confidential: it is `https`, or `http` to this machine if
 * `allowsLoopback`. A URL with a user or a password is refused.
 */
export function isSecureUrl(text: string, allowsLoopback: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (allowsLoopback && protocol === 'http:' && loopback.test(hostname))
}

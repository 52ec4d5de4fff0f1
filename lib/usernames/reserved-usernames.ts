/** Names that seem to speak for the application: roles, and mailboxes that RFC 2142 names. */
const authorities = [
  'admin administrator root superuser sysadmin system operator owner staff team official moderator mod',
  'support help helpdesk info contact billing sales security abuse postmaster hostmaster webmaster noreply',
]

/** Names with another meaning if profiles have URLs such as `/ada`: our paths, the site's, or files. */
const places = [
  'auth api me user users account accounts profile settings login logout signin signup signout register password',
  'home index search about terms privacy legal docs status static assets public www robots.txt favicon.ico sitemap.xml',
]

/** Placeholders that programs write for no user, or for all. */
const placeholders = ['null undefined none nobody anonymous unknown deleted guest everyone everybody all here']

/** `no-reply`, `no.reply` and `noreply` count as the same word. */
function word(name: string): string {
  return name.toLowerCase().replace(/[._-]/g, '')
}

/** Names that people cannot choose. Users with such a name from an import can still sign in. */
export interface ReservedUsernames {
  /** @param username canonical */
  has(username: string): boolean
}

/** @param further names of the application, in any case, in addition to the built-in ones */
export function createReservedUsernames(further: readonly string[]): ReservedUsernames {
  const listed = [...authorities, ...places, ...placeholders].flatMap(line => line.split(' '))
  const words = new Set([...listed, ...further].map(word))
  return { has: username => words.has(word(username)) }
}

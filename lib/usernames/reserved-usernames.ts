/** Whoever has such a name seems to speak for the application: roles, and mailboxes that RFC 2142 names. */
const authorities = [
  'admin administrator root superuser sysadmin system operator owner staff team official moderator mod',
  'support help helpdesk info contact billing sales security abuse postmaster hostmaster webmaster noreply',
]

/** Where profiles have addresses such as `/ada`, these are somebody else's: ours, the site's own, or a file's. */
const places = [
  'auth api me user users account accounts profile settings login logout signin signup signout register password',
  'home index search about terms privacy legal docs status static assets public www robots.txt favicon.ico sitemap.xml',
]

/** What programs write where there is nobody, or everybody. */
const nobodies = ['null undefined none nobody anonymous unknown deleted guest everyone everybody all here']

/** `no-reply`, `no.reply` and `noreply` are one word to a reader. */
function word(name: string): string {
  return name.toLowerCase().replace(/[._-]/g, '')
}

/** Names that nobody may choose. They sign in all the same where they were given by an import. */
export interface ReservedUsernames {
  /** @param username canonical */
  has(username: string): boolean
}

/** @param further Names of the application's own, in any case, beside those that no application should give away. */
export function createReservedUsernames(further: readonly string[]): ReservedUsernames {
  const listed = [...authorities, ...places, ...nobodies].flatMap(line => line.split(' '))
  const words = new Set([...listed, ...further].map(word))
  return { has: username => words.has(word(username)) }
}

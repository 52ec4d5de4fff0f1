/** The name of a parameter of a path that names an organisation for guards. */
const parameter = 'organizationId'

/** Names of parameters that read as an organisation: `orgId`, `organisation_id`, `organizationSlug`; not `organ`. */
const nameOfOrganization = /^([Oo]rg(ani[sz]ation)?s?(?![a-z])|org(ani[sz]ation)?(id|name|slug)$)/
const segmentOfOrganizations = /^org(ani[sz]ation)?s?$/i

/** Returns whether the path names the organisation for which guards ask. */
export function namesOrganization(url: string): boolean {
  return new RegExp(`:${parameter}\\b`).test(url)
}

/**
 * Returns the parameter of a path that seems to name an organisation, if guards do not read it. They would ask for the current
 * organisation, and the handler would answer with another one.
 */
export function misnamedOrganization(url: string): string | undefined {
  if (namesOrganization(url)) return undefined
  const segments = url.split('/')
  return segments
    .flatMap((segment, place) => {
      const names = [...segment.matchAll(/(?<!:):(\w+)/g)].map(([, name]) => String(name))
      const isOfOrganizations = segmentOfOrganizations.test(segments[place - 1] ?? '')
      return isOfOrganizations ? names : names.filter(name => nameOfOrganization.test(name))
    })
    .at(0)
}

/** Describes what is wrong with a path whose organisation guards do not read. */
export function misnamedProblem(url: string, name: string): string {
  return `The path "${url}" seems to name an organisation by ":${name}", which requireOrganization and requireRole of fast-auth do not read: name the parameter ":${parameter}"`
}

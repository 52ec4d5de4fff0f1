import type { Dependencies } from '../features/dependencies.js'
import type { OrganizationOptions } from '../features/organizations/options.js'
import { additionsOf } from '../features/organizations/personal-organization.js'
import { builtInRoles, maximumRoles } from '../features/organizations/roles.js'
import { partsOf } from './parts-of.js'
import type { Environment } from './read-environment.js'
import { mustBe, readWord } from './read-variable.js'

const allowedRoles =
  'at most 50 roles such as billing:member,maintainer:admin: different names of 1 to 40 lower-case letters, digits, _ and -, ' +
  'other than owner, admin and member, each with the role that it is like, admin or member'

function readRoles(environment: Environment): OrganizationOptions['roles'] {
  const text = environment.ORGANIZATION_ROLES
  if (text === undefined) return undefined
  const roles = partsOf(text).map(part => {
    const [, name = '', like = ''] = /^([a-z][a-z0-9_-]{0,39}):(admin|member)$/.exec(part) ?? []
    const isBuiltIn = builtInRoles.some(role => role === name)
    if (name === '' || isBuiltIn) throw mustBe('ORGANIZATION_ROLES', `${allowedRoles}; "${part}" is not one`)
    return [name, { like: like as 'admin' | 'member' }] as const
  })
  const byName = new Map(roles)
  if (byName.size < roles.length || roles.length > maximumRoles) throw mustBe('ORGANIZATION_ROLES', allowedRoles)
  return Object.fromEntries(byName)
}

/**
 * Reads the settings of organisations; `undefined` if they are off, which is the default.
 * @throws {Error} A variable is invalid.
 */
export function readOrganizations(environment: Environment): OrganizationOptions | undefined {
  const word = readWord(environment, 'ORGANIZATIONS', ['off', 'on', 'personal']) ?? 'off'
  const roles = readRoles(environment)
  if (word === 'off') {
    if (roles === undefined) return undefined
    throw new Error('ORGANIZATION_ROLES needs ORGANIZATIONS=on or ORGANIZATIONS=personal')
  }
  return { personal: word === 'personal', ...(roles === undefined ? {} : { roles }) }
}

/** Returns what the creation of a user also writes: a personal organisation, if the server of this environment creates them. */
export function readAdditions(environment: Environment): Dependencies['additionsOf'] {
  const { personal = false } = readOrganizations(environment) ?? {}
  return user => additionsOf({ personal }, user)
}

import { InvalidAnswerError } from './provider-errors.js'

const placeholder = '{tenantid}'
const tenantId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Returns whether the tokens of a configured issuer have several issuers, one for each tenant. */
export const hasTenantPlaceholder = (issuer: string): boolean => issuer.includes(placeholder)

/**
 * Returns the issuer of a token: that of the configuration, with the tenant in place of `{tenantid}`. Without this placeholder,
 * the token has no influence.
 * @throws {InvalidAnswerError} The tenant is no GUID in lower case.
 */
export function expectedIssuer(template: string, tenant: unknown): string {
  if (!hasTenantPlaceholder(template)) return template
  if (typeof tenant !== 'string' || !tenantId.test(tenant)) throw new InvalidAnswerError('tenant')
  return template.replace(placeholder, tenant)
}

/** Returns whether `issuer` is one that the configuration allows, for some tenant. */
export function isIssuerOf(template: string, issuer: string): boolean {
  const [before = '', after] = template.split(placeholder)
  if (after === undefined) return issuer === template
  const tenant = issuer.slice(before.length, issuer.length - after.length)
  return tenantId.test(tenant) && issuer === template.replace(placeholder, tenant)
}

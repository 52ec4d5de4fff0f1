/** RFC 6750, section 3: a 401 names the scheme. It adds `error="invalid_token"` only if the request had a token. */
export const challenge = { 'www-authenticate': 'Bearer' }

/** The challenge of a credential that is refused. */
export const badToken = { 'www-authenticate': 'Bearer error="invalid_token"' }

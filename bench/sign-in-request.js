/** The request to sign in, which every subject of signing-in.js accepts. */
export const signInRequest = {
  path: '/auth/sign-in',
  method: 'POST',
  body: JSON.stringify({ email: 'person@example.com', password: 'correct horse battery' }),
}

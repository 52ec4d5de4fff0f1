export { userOfCredential as getMe } from '../sessions/user-of-credential.js'

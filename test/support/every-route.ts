import { standInProvider } from './stand-in-provider.js'
import { cheapPasswords } from './test-application.js'
import { publicUrl } from './test-mail.js'

/** Options that add every route that needs no sender, and those of links if they come with one. */
export const everyRoute = {
  publicUrl,
  secondFactor: 'offered',
  passkeys: { rpId: 'example.com', origins: [publicUrl, 'https://related.example'] },
  providers: [standInProvider()],
  passwords: { ...cheapPasswords, changePasswordUrl: '/account/password' },
} as const

/** Options that add every route. They need a sender. */
export const everyRouteWithMail = { ...everyRoute, emailSignIn: { signUp: true }, organizations: {} } as const

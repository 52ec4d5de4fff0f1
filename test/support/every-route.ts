import { cheapPasswords } from './test-application.js'
import { publicUrl } from './test-mail.js'

/** Options that add every route, if they come with a sender. */
export const everyRoute = {
  secondFactor: 'offered',
  passkeys: { rpId: 'example.com', origins: [publicUrl, 'https://related.example'] },
  passwords: { ...cheapPasswords, changePasswordUrl: '/account/password' },
} as const

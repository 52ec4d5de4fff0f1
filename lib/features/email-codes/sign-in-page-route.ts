import { signInPage as schema } from '../../../schemas/email-codes/sign-in-page.js'
import type { EmailCodeRoute } from './dependencies.js'

export const signInPageRoute: EmailCodeRoute = (scope, { dependencies }) => {
  const { html, contentSecurityPolicy } = dependencies.signInPage
  scope.get('/sign-in/email', { schema }, async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy)
    return reply.type('text/html; charset=utf-8').send(html)
  })
}

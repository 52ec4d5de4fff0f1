import { changeEmailPage, confirmEmailPage, resetPasswordPage } from '../../../../schemas/email/email-pages.js'
import type { OneTimeTokenPurpose } from '../../../storage/records.js'
import type { RouteScope } from '../../route-dependencies.js'
import type { Page } from './page.js'

/** The paths of the pages, and the route that each page posts to. */
const routes = [
  { purpose: 'confirmEmail', path: '/email/confirm', schema: confirmEmailPage },
  { purpose: 'resetPassword', path: '/password/reset', schema: resetPasswordPage },
  { purpose: 'changeEmail', path: '/email/change/confirm', schema: changeEmailPage },
] as const

export function addPageRoutes(scope: RouteScope, pages: Readonly<Record<OneTimeTokenPurpose, Page>>): void {
  for (const { purpose, path, schema } of routes) {
    const { html, contentSecurityPolicy } = pages[purpose]
    scope.get(path, { schema }, async (_request, reply) => {
      reply.header('content-security-policy', contentSecurityPolicy)
      return reply.type('text/html; charset=utf-8').send(html)
    })
  }
}

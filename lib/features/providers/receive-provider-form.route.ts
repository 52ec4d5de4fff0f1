import { receiveProviderForm as schema } from '../../../schemas/providers/receive-provider-form.js'
import type { ProviderRoute } from './dependencies.js'
import { operationOfProviders } from './operation-of-providers.js'

const formType = 'application/x-www-form-urlencoded'
const formLimitBytes = 16 * 1024

/** Browsers send no cookies with a form of another site: the redirect makes it a navigation, with which they do. */
export const receiveProviderFormRoute: ProviderRoute = (scope, { dependencies }) => {
  const operation = operationOfProviders(schema, dependencies)
  scope.register(async forms => {
    forms.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: formLimitBytes }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    forms.post('/providers/:provider/callback', { schema: operation }, (request, reply) => {
      const { provider } = request.params as { readonly provider: string }
      const parameters = new URLSearchParams(request.body as Readonly<Record<string, string>>)
      return reply.redirect(`${dependencies.routesPath}/providers/${provider}/callback?${parameters}`, 303)
    })
  })
}

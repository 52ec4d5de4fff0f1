import { type TSchema, Type } from '@sinclair/typebox'
import { Id, MailedToken } from '../fields.js'
import { withChanged } from '../with-changed.js'
import { CurrentOrganization } from './fields.js'

function withProperties(added: Readonly<Record<string, TSchema>>): (schema: TSchema) => TSchema {
  return schema => ({ ...schema, properties: { ...schema.properties, ...added } })
}

const withCurrent = withProperties({ organization: CurrentOrganization })

const withOrganizationOfKey = withProperties({
  organizationId: Type.Union([Id, Type.Null()], {
    description: 'The organisation in which the key acts; `null`: in none',
  }),
})

/** Returns the named schemas of an application that has organisations. */
export function schemasWithOrganizations(named: readonly TSchema[]): readonly TSchema[] {
  return withChanged(named, {
    AuthSession: withCurrent,
    AuthMe: withCurrent,
    AuthIntrospection: withCurrent,
    AuthApiKey: withOrganizationOfKey,
    AuthNewApiKey: withOrganizationOfKey,
    AuthCreateApiKey: withProperties({
      organizationId: {
        ...Id,
        description:
          'The organisation in which the key acts. It ends with the membership of the user. Default: the key acts in none.',
      },
    }),
    AuthSignUp: withProperties({
      invitationToken: {
        ...MailedToken,
        description:
          'The token of an invitation that was mailed to this address: the address is then confirmed, and the user a member',
      },
    }),
  })
}

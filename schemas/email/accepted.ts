import { type Static, Type } from '@sinclair/typebox'

/** The request is accepted. The response does not reveal whether something was done. */
export const Accepted = Type.Object({ status: Type.Literal('accepted') }, { $id: 'fast-auth.AuthAccepted' })
export type Accepted = Static<typeof Accepted>

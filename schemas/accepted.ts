import { type Static, Type } from '@sinclair/typebox'

/** The request will be seen to; whether there was anything to be done is not told. */
export const Accepted = Type.Object({ status: Type.Literal('accepted') }, { $id: 'fast-auth.AuthAccepted' })
export type Accepted = Static<typeof Accepted>

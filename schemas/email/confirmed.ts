import { type Static, Type } from '@sinclair/typebox'

/** The address is confirmed. */
export const Confirmed = Type.Object({ status: Type.Literal('confirmed') }, { $id: 'fast-auth.AuthConfirmed' })
export type Confirmed = Static<typeof Confirmed>

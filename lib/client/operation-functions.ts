import type { AuthError, ClientErrorCode } from './auth-error.js'
import type { Operations } from './generated/operations.js'

/** The operationId of an operation. */
export type OperationId = keyof Operations

/** The fields that the client sets itself. */
type Spoken = 'transport' | 'refreshToken' | 'signInToken'
type Part<Value> = [NonNullable<Value>] extends [never] ? unknown : NonNullable<Value>
type Parts<Data extends { body?: unknown; path?: unknown; query?: unknown }> = Part<Data['path']> &
  Part<Data['query']> &
  Part<Data['body']>

/** The input of an operation: the fields of its path, its query and its body in one object. */
export type OperationInput<Id extends OperationId> = {
  [Key in keyof Parts<Operations[Id]['data']> as Exclude<Key, Spoken>]: Parts<Operations[Id]['data']>[Key]
}

/** The error codes that an operation can have. */
export type OperationErrorCode<Id extends OperationId> = Operations[Id]['error']['code'] | ClientErrorCode

type Successes<Responses> = {
  [Status in keyof Responses]: {
    readonly status: Status
    /** The body of the answer. */
    readonly data: Responses[Status] extends void ? undefined : Responses[Status]
    readonly error?: undefined
  }
}[keyof Responses]

/**
 * Has `data` if the operation succeeded, otherwise `error`. Operations do not reject. `Code` is the type of further error codes
 * that the client adds to those of the operation.
 */
export type OperationResult<Id extends OperationId, Code extends string = never> =
  | Successes<Operations[Id]['responses']>
  | { readonly status?: undefined; readonly data?: undefined; readonly error: AuthError<OperationErrorCode<Id> | Code> }

/** The settings of one call. */
export interface OperationSettings {
  /** Aborts the request. The result then has the error `ABORTED`. */
  readonly signal?: AbortSignal
}

type Parameters<Id extends OperationId> = keyof OperationInput<Id> extends never
  ? [input?: Record<string, never>, settings?: OperationSettings]
  : object extends OperationInput<Id>
    ? [input?: OperationInput<Id>, settings?: OperationSettings]
    : [input: OperationInput<Id>, settings?: OperationSettings]

/** Every operation of the document, by its operationId. */
export type OperationFunctions = {
  readonly [Id in OperationId]: (...parameters: Parameters<Id>) => Promise<OperationResult<Id>>
}

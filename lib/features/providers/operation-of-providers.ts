import { Type } from '@sinclair/typebox'
import type { OperationSchema } from '../../../schemas/operation-schema.js'
import { ProviderName } from '../../../schemas/providers/fields.js'
import { changedOperation } from '../../http/security-schemes.js'
import type { OwnDependencies } from './dependencies.js'

/** Returns an operation with the names of the application's providers as the only values of the parameter `provider`. */
export function operationOfProviders<Operation extends OperationSchema>(
  operation: Operation,
  { connectedProviders }: Pick<OwnDependencies, 'connectedProviders'>,
): Operation {
  const names = [...connectedProviders.keys()]
  const description = String(ProviderName.description)
  const provider = Type.Unsafe<string>({ type: 'string', enum: names, description, examples: names.slice(0, 1) })
  return changedOperation(operation, { params: Type.Object({ provider }, { additionalProperties: false }) })
}

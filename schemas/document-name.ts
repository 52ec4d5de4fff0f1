/**
 * What each `$id` of ours begins with: Fastify and OpenAPI documents keep one list of the application's schemas and ours.
 * With it an `$id` is still a valid name of a component, for applications that use the `$id` of each schema.
 */
const namespace = 'fast-auth.'

/** Whether a schema is one of ours. */
export function isOurs({ $id }: { readonly $id?: unknown }): boolean {
  return typeof $id === 'string' && $id.startsWith(namespace)
}

/** What a named schema of ours is called in a document: `AuthUser`. */
export function documentName({ $id = '' }: { readonly $id?: string | undefined }): string {
  return $id.slice(namespace.length)
}

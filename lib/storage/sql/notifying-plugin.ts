import {
  AliasNode,
  IdentifierNode,
  InsertQueryNode,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  RawNode,
  ReturningNode,
  type RootOperationNode,
  SelectionNode,
} from 'kysely'

/**
 * Tells whoever listens on the channel of every session and key that is written to the feed, when the transaction is
 * committed and in the same statement. Of superseded generations it doesn't tell: each refresh would wake every process.
 * @param channel Letters, digits and underscores.
 */
export function notifyingPlugin(channel: string): KyselyPlugin {
  const notify = RawNode.createWithSql(`case when kind <> 'generation' then pg_notify('${channel}', '') end`)
  const returning = ReturningNode.create([
    SelectionNode.create(AliasNode.create(notify, IdentifierNode.create('told'))),
  ])

  function told(node: RootOperationNode): RootOperationNode {
    const isLine = InsertQueryNode.is(node) && node.into?.table.identifier.name === 'fast_auth_revocations'
    return isLine ? { ...node, returning } : node
  }

  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => told(node),
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  }
}

import {
  type IdentifierNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
} from 'kysely'

const usualPrefix = 'fast_auth_'

class Renaming extends OperationNodeTransformer {
  constructor(readonly prefix: string) {
    super()
  }

  protected override transformIdentifier(node: IdentifierNode): IdentifierNode {
    const { name, ...identifier } = super.transformIdentifier(node)
    return { ...identifier, name: name.startsWith(usualPrefix) ? this.prefix + name.slice(usualPrefix.length) : name }
  }
}

/** Replaces the prefix `fast_auth_` of tables, indexes and constraints by `prefix`. No column name starts with `fast_auth_`. */
export function prefixPlugin(prefix: string): KyselyPlugin {
  const renaming = new Renaming(prefix)
  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => renaming.transformNode(node),
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  }
}

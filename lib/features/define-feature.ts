import type {
  ComposedFeature,
  ConditionalRoute,
  Contribution,
  Feature,
  FeatureDefinition,
  FeatureRoute,
} from './feature.js'

const nothing: Contribution<object> = { own: {} }

/** Returns the routes that the options add. */
function routesOf<Options, Own extends object>(
  routes: readonly (FeatureRoute<Own> | ConditionalRoute<Options, Own>)[],
  options: Options,
): readonly FeatureRoute<Own>[] {
  return routes.flatMap(route => {
    if (typeof route === 'function') return [route]
    return route.isOn(options) ? [route.route] : []
  })
}

/**
 * Defines a feature from its manifest.
 * @param definition the parts of the feature; `compose` creates what they need from the options
 */
export function defineFeature<Options, Storage, Own extends object = object>({
  isOn = () => true,
  compose = () => nothing as Contribution<Own>,
  pageRoutes = [],
  rootRoutes = [],
  ...manifest
}: FeatureDefinition<Options, Storage, Own>): Feature<Options, Storage, Own> {
  return {
    ...manifest,
    routes: [...manifest.routes, ...rootRoutes],
    isOn,
    compose(context) {
      const contribution = compose(context)
      const adding =
        (routes: readonly FeatureRoute<Own>[]): ComposedFeature['addRoutes'] =>
        (scope, { dependencies, ...others }) => {
          const routeDependencies = { ...others, dependencies: { ...dependencies, ...contribution.own } }
          for (const route of routes) route(scope, routeDependencies)
        }
      const ofRoot = routesOf(rootRoutes, context.options)
      return {
        ...contribution,
        addRoutes: adding(routesOf([...manifest.routes, ...pageRoutes], context.options)),
        addRootRoutes: ofRoot.length === 0 ? null : adding(ofRoot),
      }
    },
  }
}

import type { onRequestHookHandler } from 'fastify'
import { OptionInvalidError } from '../errors/index.js'
import { guardDocument } from './guard.js'

type Factory = (...parameters: readonly unknown[]) => onRequestHookHandler

const names = new WeakMap<object, string>()

/** @throws {OptionInvalidError} `hook` creates a guard: as a hook, it would neither refuse nor admit a request. */
export function refuseFactory(hook: unknown): void {
  const name = typeof hook === 'function' ? names.get(hook) : undefined
  if (name === undefined) return
  throw new OptionInvalidError(`${name} of fast-auth returns a guard and is none itself: call it, ${name}(…)`)
}

/** @param create a function that creates a guard; its last parameter is not a function, as that of a hook is */
function factoryOf(name: string, create: Factory): Factory {
  const factory: Factory = (...parameters) => {
    if (typeof parameters.at(-1) === 'function') refuseFactory(factory)
    return create(...parameters)
  }
  names.set(factory, name)
  return factory
}

/** Returns the guards with functions that create guards, and that refuse to be hooks themselves. TypeScript refuses it too. */
export function refusingHooks<Guards extends object>(guards: Guards): Guards {
  const entries = Object.entries(guards).map(([name, value]) => [
    name,
    guardDocument(value) === undefined ? factoryOf(name, value) : value,
  ])
  return Object.fromEntries(entries)
}

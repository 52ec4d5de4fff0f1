import { createElement } from 'react'
import { act, create } from 'react-test-renderer'
import type { Test } from 'tap'
import type { AuthClient } from '../../lib/client/index.js'
import { AuthProvider } from '../../lib/react/index.js'

/** A component that was rendered, and that calls a hook. */
export interface Rendered<Value> {
  /** Returns what the hook returned last. */
  (): Value
  /** What the hook returned at every render, the first one included. */
  readonly all: readonly Value[]
  unmount(): void
}

/** Renders a component that calls the hook. It is removed with the test. */
export async function rendered<Value>(t: Test, client: AuthClient, hook: () => Value): Promise<Rendered<Value>> {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  const values: Value[] = []
  const Caller = () => {
    values.push(hook())
    return null
  }
  let unmount = () => {}
  await act(async () => {
    const page = create(createElement(AuthProvider, { client }, createElement(Caller)))
    unmount = () => act(() => page.unmount())
  })
  t.teardown(unmount)
  function last(): Value {
    const value = values.at(-1)
    if (value === undefined) throw new Error('The component was not rendered')
    return value
  }
  return Object.assign(last, { all: values, unmount })
}

/** Does something, and lets React render what follows. */
export const acted = (work: () => unknown): Promise<void> => act(async () => void (await work()))

/** Lets React render until the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await act(() => new Promise<void>(resolve => setTimeout(resolve, 5)))
}

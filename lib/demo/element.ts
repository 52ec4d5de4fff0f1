/** The attributes of an element by name. `false` and `undefined` omit an attribute. */
export interface Attributes {
  readonly [name: string]: string | boolean | undefined
}

export type Child = Node | string | null

/** Creates an element with its children. Strings become text nodes and are never parsed as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, '')
    else if (typeof value === 'string') made.setAttribute(attribute, value)
  }
  made.append(...children.filter(child => child !== null))
  return made
}

export interface ButtonSettings extends Attributes {
  readonly class?: string
}

/** Creates a button that is disabled until its action is done. */
export function button(label: string, press: () => Promise<void> | void, attributes: ButtonSettings = {}) {
  const made = element('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', async () => {
    made.disabled = true
    try {
      await press()
    } finally {
      made.disabled = false
    }
  })
  return made
}

import type { AuthError } from '../client/index.js'
import { element } from './element.js'
import { sentenceFor } from './sentences.js'

export interface Field {
  readonly name: string
  readonly label: string
  readonly type: 'email' | 'password' | 'text' | 'select'
  /** The hint for password managers. */
  readonly autocomplete: string
  /** The keyboard of phones. */
  readonly inputMode?: 'numeric' | 'text'
  /** What the keyboard of phones writes in capital letters. */
  readonly autocapitalize?: 'characters'
  readonly hint?: string
  /** The choices of a `select`, and the one that is chosen first. */
  readonly options?: readonly string[]
  readonly value?: string
  /** The user may leave it empty. */
  readonly isOptional?: boolean
}

export interface FormSettings {
  /** Names the form, for screen readers. */
  readonly name: string
  readonly fields: readonly Field[]
  readonly submit: string
  readonly isDangerous?: boolean
  /** Sends the fields. The form displays the returned error. */
  send(values: Readonly<Record<string, string>>): Promise<AuthError | undefined>
}

let count = 0

function control(id: string, described: string | undefined, field: Field): HTMLElement {
  const { name, type, autocomplete, inputMode, autocapitalize, isOptional = false, options = [], value } = field
  const common = { id, name, autocomplete, required: !isOptional, 'aria-describedby': described }
  if (type === 'select')
    return element(
      'select',
      common,
      ...options.map(option => element('option', { selected: option === value }, option)),
    )
  return element('input', { ...common, type, inputmode: inputMode, autocapitalize, maxlength: '254' })
}

function labelled(field: Field): HTMLElement {
  const { label, hint } = field
  count += 1
  const id = `field-${count}`
  const described = hint === undefined ? undefined : `${id}-hint`
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    control(id, described, field),
    hint === undefined ? null : element('p', { id: described, class: 'hint' }, hint),
  )
}

/** Creates a form that submits one request at a time and displays errors beside its button. */
export function form({ name, fields, submit, isDangerous = false, send }: FormSettings): HTMLFormElement {
  const problem = element('p', { class: 'complaint', role: 'alert' })
  const sender = element('button', { type: 'submit', class: isDangerous ? 'danger' : 'primary' }, submit)
  const made = element('form', { 'aria-label': name }, ...fields.map(labelled), problem, sender)
  made.addEventListener('submit', async event => {
    event.preventDefault()
    problem.textContent = ''
    sender.disabled = true
    const values = Object.fromEntries([...new FormData(made)].map(([field, value]) => [field, String(value)]))
    try {
      const error = await send(values)
      if (error === undefined) made.reset()
      else problem.textContent = sentenceFor(error)
    } finally {
      sender.disabled = false
    }
  })
  return made
}

import { type Child, element } from './element.js'

/** One subject of the page. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', { class: 'card', 'aria-label': title }, element('h2', {}, title), ...children)
}

/** An instant as a person of this browser reads it. */
export function when(instant: string | null): HTMLElement {
  if (instant === null) return element('span', {}, 'never')
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
  return element('time', { datetime: instant }, text)
}

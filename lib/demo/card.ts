import { type Child, element } from './element.js'

/** Returns a section of the page. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', { class: 'card', 'aria-label': title }, element('h2', {}, title), ...children)
}

/** Returns a list item: its name, the content beside and below it, and an action. */
export function listItem(name: string, beside: Child, hint: readonly Child[], action: Child): HTMLElement {
  const text = element('div', {}, element('strong', {}, name), ' ', beside, element('p', { class: 'hint' }, ...hint))
  return element('li', {}, text, action)
}

/** Formats a time in the locale of the browser. */
export function when(time: string | null): HTMLElement {
  if (time === null) return element('span', {}, 'never')
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
  return element('time', { datetime: time }, text)
}

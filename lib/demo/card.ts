import { type Child, element } from './element.js'

/** One subject of the page. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', { class: 'card', 'aria-label': title }, element('h2', {}, title), ...children)
}

/** One of several things of the same kind: its name, what stands beside and below it, and what can be done to it. */
export function listItem(name: string, beside: Child, hint: readonly Child[], action: Child): HTMLElement {
  const text = element('div', {}, element('strong', {}, name), ' ', beside, element('p', { class: 'hint' }, ...hint))
  return element('li', {}, text, action)
}

/** An instant as a person of this browser reads it. */
export function when(time: string | null): HTMLElement {
  if (time === null) return element('span', {}, 'never')
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
  return element('time', { datetime: time }, text)
}

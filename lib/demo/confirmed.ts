import { button, element } from './element.js'

/** Asks in a dialog whether something that cannot be undone is to happen. Resolves to `false` if the user closes it. */
export function confirmed(question: string, sentence: string, label: string): Promise<boolean> {
  return new Promise(resolve => {
    let isConfirmed = false
    const dialog: HTMLDialogElement = element(
      'dialog',
      { 'aria-labelledby': 'question' },
      element('h2', { id: 'question' }, question),
      element('p', {}, sentence),
      button(
        label,
        () => {
          isConfirmed = true
          dialog.close()
        },
        { class: 'danger' },
      ),
      element(
        'div',
        { class: 'row' },
        button('Cancel', () => dialog.close(), { autofocus: true }),
      ),
    )
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(isConfirmed)
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}

/** Displays a notice, also to screen readers. */
export type Say = (sentence: string, kind?: 'success' | 'failure') => void

/** Creates the notice line. Its element exists from the start, since screen readers announce only changes. */
export function createNotice(place: HTMLElement): Say {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (sentence, kind = 'success') => {
    clearTimeout(timer)
    place.textContent = sentence
    place.className = kind
    timer = setTimeout(() => {
      place.textContent = ''
    }, 12_000)
  }
}

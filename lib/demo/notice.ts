/** Says what has happened, to eyes and to screen readers. */
export type Say = (sentence: string, kind?: 'success' | 'failure') => void

/** The line at the foot of the page. It is there from the start, since only changes of it are read aloud. */
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

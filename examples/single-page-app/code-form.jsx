/**
 * Asks for a code, from an app or from a message.
 * @param {{
 *   label: string
 *   inputMode: 'numeric' | 'text'
 *   fault: string
 *   enter: (code: string) => Promise<void>
 *   startOver: () => void
 * }} properties
 */
export function CodeForm({ label, inputMode, fault, enter, startOver }) {
  /** @param {import('react').FormEvent<HTMLFormElement>} event */
  function submit(event) {
    event.preventDefault()
    void enter(String(new FormData(event.currentTarget).get('code')))
  }

  return (
    <form onSubmit={submit}>
      <label>
        {label}{' '}
        <input name="code" inputMode={inputMode} autoCapitalize="characters" autoComplete="one-time-code" required />
      </label>
      <button type="submit">Sign in</button>
      <button type="button" onClick={startOver}>
        Start over
      </button>
      <p role="alert">{fault}</p>
    </form>
  )
}

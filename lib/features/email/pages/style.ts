/** The style of the pages: one column, the colour scheme of the user, no external fonts or images. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #5b6470; --paper: #f4f5f7; --card: #fff; --line: #767f8b; --accent: #1f5fbf; --on-accent: #fff; --bad: #a3211a; --good: #17693a }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f4; --quiet: #a7b0bb; --paper: #14171a; --card: #1e2226; --line: #87909b; --accent: #8ab8ff; --on-accent: #0c1a2e; --bad: #ff9d95; --good: #7ddba3 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 26rem); place-content: center; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
main { padding: clamp(1.25rem, 6vw, 2.25rem); background: var(--card); border-radius: .9rem; box-shadow: 0 1px 2px rgb(0 0 0 / .12), 0 10px 30px rgb(0 0 0 / .08); overflow-wrap: anywhere }
.app { margin: 0 0 .35rem; color: var(--quiet); font-size: .9rem; font-weight: 600 }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1.1rem }
label { display: block; margin-bottom: .35rem; font-weight: 600 }
.password { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1.1rem }
#second input { width: 100%; margin-bottom: 1.1rem }
input { flex: 1 1 9rem; min-width: 0; padding: .65rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; font: inherit }
button { width: 100%; padding: .7rem 1rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer }
button[disabled] { opacity: .6; cursor: default }
.password button { width: auto; border-color: var(--line); background: transparent; color: inherit; font-weight: 400 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
#status { margin: 1.1rem 0 0 }
#status:empty { display: none }
#status:focus { outline: none }
#create, #decline { margin-top: .6rem; border-color: var(--line); background: transparent; color: inherit; font-weight: 400 }
dl { margin: 0 0 1.1rem; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .9rem }
dt { color: var(--quiet) }
dd { margin: 0; font-weight: 600 }
@media (max-width: 26rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0 } dd + dt { margin-top: .4rem } }
.code { font: 600 1.5rem/1.3 ui-monospace, monospace; letter-spacing: .1em; user-select: all }
.failure { color: var(--bad) }
.success { color: var(--good); font-weight: 600 }
[hidden] { display: none }
`

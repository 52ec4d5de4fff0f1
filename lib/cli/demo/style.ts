/** The style sheet of the demo and the development mailbox. Follows the colour scheme of the user and loads nothing. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #565f6b; --paper: #f4f5f7; --card: #fff; --line: #767f8b; --edge: #dfe3e8; --accent: #1f5fbf; --on-accent: #fff; --bad: #a3211a; --on-bad: #fff; --good: #17693a; --soft: #eaf1fb }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f4; --quiet: #aeb7c2; --paper: #14171a; --card: #1e2226; --line: #87909b; --edge: #343a41; --accent: #8ab8ff; --on-accent: #0c1a2e; --bad: #ff9d95; --on-bad: #2d0b08; --good: #7ddba3; --soft: #23303f } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--accent) }
header { background: var(--card); border-bottom: 1px solid var(--edge) }
header > div { max-width: 72rem; margin: 0 auto; padding: .7rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center }
header nav { display: flex; flex-wrap: wrap; gap: 1.25rem; flex: 1 }
.brand { font-weight: 700; font-size: 1.1rem; letter-spacing: -.01em; color: inherit; text-decoration: none }
#who { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem }
.who { color: var(--quiet) }
main { flex: 1; width: 100%; max-width: 72rem; margin: 0 auto; padding: clamp(1rem, 4vw, 2.5rem) 1rem 6rem }
h1 { margin: 0 0 .4rem; font-size: clamp(1.5rem, 5vw, 2.1rem); line-height: 1.2; letter-spacing: -.02em }
h2 { margin: 0 0 1rem; font-size: 1.15rem; line-height: 1.3 }
p { margin: 0 0 1rem }
.lead { color: var(--quiet); max-width: 42rem; margin-bottom: 1.75rem }
.narrow { max-width: 27rem; margin: 0 auto }
.grid { columns: 1; column-gap: 1.25rem }
@media (min-width: 48rem) { .grid { columns: 2 } }
.card { break-inside: avoid; margin: 0 0 1.25rem; padding: clamp(1.1rem, 4vw, 1.6rem); background: var(--card); border: 1px solid var(--edge); border-radius: .9rem; box-shadow: 0 1px 2px rgb(0 0 0 / .06) }
.choice { display: flex; flex-wrap: wrap; gap: .35rem; margin-bottom: 1rem }
.choice button { flex: 1 1 auto }
.choice button[aria-pressed=true] { background: var(--soft); border-color: var(--accent); font-weight: 600 }
.field { margin-bottom: 1rem }
label { display: block; margin-bottom: .3rem; font-weight: 600 }
input, select { width: 100%; padding: .6rem .7rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; font: inherit }
.hint { margin: .3rem 0 0; color: var(--quiet); font-size: .9rem }
button { padding: .5rem .85rem; border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; font: inherit; cursor: pointer }
button:hover { background: var(--soft) }
button.primary, button.danger { width: 100%; padding: .65rem 1rem; border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600 }
button.danger { background: var(--bad); color: var(--on-bad) }
button[disabled] { opacity: .6; cursor: default }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.wide { width: 100% }
.actions { display: flex; flex-wrap: wrap; gap: .35rem; justify-content: flex-end }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0 }
dl { margin: 0 }
dl div { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .35rem 0 }
dt { flex: 0 0 6.5rem; color: var(--quiet) }
dd { margin: 0; flex: 1 1 12rem }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; color: var(--good); font-size: .82rem; white-space: nowrap }
.badge.open { color: var(--bad) }
.list { list-style: none; margin: 0 0 1rem; padding: 0 }
.list:empty { display: none }
.list li { display: flex; gap: .75rem; justify-content: space-between; align-items: flex-start; padding: .7rem 0; border-top: 1px solid var(--edge) }
.list button { white-space: nowrap }
@media (max-width: 30rem) { .list li:has(.actions) { flex-wrap: wrap } }
.list select { width: auto; padding: .45rem .6rem }
.list li:first-child { border-top: 0; padding-top: 0 }
code, pre { font-family: ui-monospace, monospace; font-size: .88rem }
.key { margin: 0 0 1.25rem; padding: 1rem; background: var(--soft); border-radius: .6rem }
.key code { user-select: all }
.qr { display: block; width: 15rem; max-width: 100%; margin: 0 0 1rem; background: #fff; fill: #000 }
.codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: .3rem 1rem; margin: 0; padding: 0; list-style: none }
dialog { width: 27rem; max-width: calc(100% - 2rem); padding: clamp(1.1rem, 4vw, 1.6rem); background: var(--card); color: inherit; border: 1px solid var(--edge); border-radius: .9rem }
dialog::backdrop { background: rgb(0 0 0 / .5) }
pre { margin: 1rem 0 0; padding: .75rem; overflow: auto; background: var(--card); border-radius: .5rem; border: 1px solid var(--edge) }
.mailed-text { white-space: pre-wrap }
.complaint { margin: 0 0 1rem; color: var(--bad); font-weight: 600 }
.complaint:empty { display: none }
#notice { position: fixed; inset: auto 1rem 1rem; max-width: 34rem; margin: 0 auto; padding: .8rem 1rem; border-radius: .6rem; background: var(--ink); color: var(--paper); box-shadow: 0 8px 30px rgb(0 0 0 / .25) }
#notice.failure { background: var(--bad); color: var(--on-bad) }
#notice:empty { padding: 0; box-shadow: none }
[hidden] { display: none }
@media print { body:has(.codes) :is(header, h1, .lead, #notice, .row), body:has(.codes) .card:not(:has(.codes)) { display: none } }
@media (prefers-reduced-motion: no-preference) { button { transition: background .15s } }
`

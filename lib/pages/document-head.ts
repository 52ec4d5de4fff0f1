import { escapeHtml } from '../email/escape-html.js'

/** How every page begins, up to its style: in the light and in the dark, on any width, found by no search engine. */
export function documentHead(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>`
}

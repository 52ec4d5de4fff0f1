import { escapeHtml } from '../../../mail/escape-html.js'

/** Returns the start of every page, up to its style. Not indexed by search engines. */
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

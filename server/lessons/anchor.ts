// The id of a heading, as GitHub makes an anchor of it.

import type { Tokens } from 'marked';

export function plainTitle(heading: Tokens.Heading): string {
  return heading.text.replace(/[`*_]/g, '');
}

/** Empty where the title has no letter or digit. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .trim()
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '');
}

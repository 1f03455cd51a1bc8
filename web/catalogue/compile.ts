// Makes JavaScript of a catalogue, so that no parser of messages goes to the browser, and no wrong message either.

import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** Texts under their keys, as in `web/src/texts/en.ts`. */
export type Messages = string | readonly Messages[] | { readonly [key: string]: Messages };

/**
 * A module that exports a function of `Formats` (`web/src/formats.ts`), which answers the texts. What a translation does not
 * have stays English. Throws with the key where a message is wrong, asks for other values than the English one, or has no
 * English one.
 */
export function compile(english: Messages, translation: Messages = english): string {
  return `export default (f) => (${code(english, translation, '')});\n`;
}

function code(english: Messages, translated: Messages | undefined, path: string): string {
  if (typeof english === 'string') return messageCode(english, translated ?? english, path);
  if (translated === undefined) return code(english, english, path);
  if (typeof translated === 'string' || Array.isArray(translated) !== Array.isArray(english)) {
    throw new Error(`${path}: this is not a text in English.`);
  }
  const had = Object.entries<Messages | undefined>(translated as Record<string, Messages>);
  const keys = Object.keys(english);
  for (const [key] of had)
    if (!keys.includes(key)) throw new Error(`${path}.${key}: there is no such text in English.`);
  const parts = Object.entries<Messages>(english as Record<string, Messages>).map(([key, own]) => {
    const inner = code(own, had.find(([name]) => name === key)?.[1], path === '' ? key : `${path}.${key}`);
    return Array.isArray(english) ? inner : `${JSON.stringify(key)}:${inner}`;
  });
  return Array.isArray(english) ? `[${parts}]` : `{${parts}}`;
}

function messageCode(english: string, translated: Messages, path: string): string {
  if (typeof translated !== 'string') throw new Error(`${path}: in English this is one text.`);
  const elements = parsed(translated, path);
  const wanted = [...argumentsOf(parsed(english, path))].sort();
  const given = [...argumentsOf(elements)].sort();
  if (wanted.join() !== given.join()) throw new Error(`${path}: it has {${given}}, in English it is {${wanted}}.`);
  return wanted.length === 0 ? elementsCode(elements, path) : `v=>${elementsCode(elements, path)}`;
}

export function parsed(message: string, path: string): MessageFormatElement[] {
  try {
    return parse(message, { ignoreTag: true, shouldParseSkeletons: true });
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error} in “${message}”`);
  }
}

function argumentsOf(elements: readonly MessageFormatElement[]): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    names.add(element.value);
    if (!('options' in element)) continue;
    for (const { value } of Object.values(element.options)) for (const name of argumentsOf(value)) names.add(name);
  }
  return names;
}

/** `counted`: what `#` stands for. */
function elementsCode(elements: readonly MessageFormatElement[], path: string, counted = ''): string {
  if (elements.length === 0) return '""';
  return elements.map((element) => elementCode(element, path, counted)).join('+');
}

function elementCode(element: MessageFormatElement, path: string, counted: string): string {
  switch (element.type) {
    case TYPE.literal:
      return JSON.stringify(element.value);
    case TYPE.argument:
      return `v.${element.value}`;
    case TYPE.number:
      return call(
        'number',
        element.value,
        optionsOf(element.style, (style) => ({ style })),
      );
    case TYPE.date:
      return call(
        'date',
        element.value,
        optionsOf(element.style ?? 'medium', (dateStyle) => ({ dateStyle })),
      );
    case TYPE.time:
      return call(
        'date',
        element.value,
        optionsOf(element.style ?? 'medium', (timeStyle) => ({ timeStyle })),
      );
    case TYPE.pound:
      return `f.number(${counted})`;
    case TYPE.select:
    case TYPE.plural: {
      const isPlural = element.type === TYPE.plural;
      if (isPlural && element.pluralType !== 'cardinal') throw new Error(`${path}: ordinals are not written yet.`);
      const offset = isPlural ? element.offset : 0;
      const inner = isPlural ? `v.${element.value}${offset ? `-${offset}` : ''}` : counted;
      const cases = Object.entries(element.options).map(
        ([name, { value }]) => `${JSON.stringify(name)}:${elementsCode(value, path, inner)}`,
      );
      return call(isPlural ? 'plural' : 'select', element.value, `{${cases}}`, offset ? String(offset) : null);
    }
    default:
      throw new Error(`${path}: a text has no tags.`);
  }
}

const call = (what: string, value: string, ...rest: (string | null)[]) =>
  `f.${what}(${[`v.${value}`, ...rest.filter((part) => part !== null)]})`;

type Style = string | null | undefined | { parsedOptions: object };

function optionsOf(style: Style, named: (style: string) => object): string | null {
  if (!style) return null;
  return JSON.stringify(typeof style === 'string' ? named(style) : style.parsedOptions);
}

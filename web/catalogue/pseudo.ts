// English that looks foreign and is about 40 % longer: what stays as it was, or no longer fits, is seen at once.

import { type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { type Messages, parsed } from './compile.ts';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçđéƒğĥíĵķļḿñóþɋŕšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶĻḾÑÓÞɊŔŠŢÚṼŴẊÝŽ';

/** Each text in brackets, each letter accented, each vowel twice. Commands, links and values stay as they are. */
export function pseudo<M extends Messages>(messages: M): M;
export function pseudo(messages: Messages): Messages {
  if (typeof messages === 'string') return messages === '' ? '' : `[${printAST(foreign(parsed(messages, 'en')))}]`;
  if (Array.isArray(messages)) return messages.map((one) => pseudo(one));
  return Object.fromEntries(Object.entries(messages).map(([key, one]) => [key, pseudo(one)]));
}

function foreign(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) return { ...element, value: foreignText(element.value) };
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
    const cases = Object.entries(element.options).map(([name, one]) => [name, { ...one, value: foreign(one.value) }]);
    return { ...element, options: Object.fromEntries(cases) };
  });
}

/** `code` in backticks and the term in `[word](term)` are not for reading. */
const foreignText = (text: string) =>
  text.replaceAll(/`[^`]*`|\]\([^)]*\)|[a-zA-Z]/g, (found) => (found.length > 1 ? found : foreignLetter(found)));

const foreignLetter = (letter: string) =>
  (ACCENTED[PLAIN.indexOf(letter)] ?? letter).repeat(/[aeiouAEIOU]/.test(letter) ? 2 : 1);

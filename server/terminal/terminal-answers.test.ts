import { expect, it } from 'vitest';
import { isTerminalAnswer } from './terminal-answers.ts';

const is = (text: string) => isTerminalAnswer(Buffer.from(text, 'latin1'));

it('knows what a terminal says by itself', () => {
  for (const answer of ['\x1b[?1;2c', '\x1b[>0;276;0c', '\x1b[0n', '\x1b[24;80R', '\x1b[?2004;1$y', '\x1b[8;24;80t'])
    expect(is(answer), JSON.stringify(answer)).toBe(true);
  for (const answer of ['\x1b[I', '\x1b[O', '\x1bP1$r0m\x1b\\', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b]10;#fff\x07'])
    expect(is(answer), JSON.stringify(answer)).toBe(true);
  expect(is('\x1b[24;80R\x1b[?1;2c')).toBe(true);
});

it('takes no key for that', () => {
  for (const key of [
    'a',
    '\r',
    '\x1b',
    '\x03',
    '\x1b[A',
    '\x1bOP',
    '\x1b[3~',
    '\x1b[200~paste\x1b[201~',
    '\x1b[<0;1;1M',
    '',
  ])
    expect(is(key), JSON.stringify(key)).toBe(false);
  expect(is('\x1b[24;80Rx')).toBe(false);
});

import { Unicode11Addon } from '@xterm/addon-unicode11';
import { expect, test } from 'vitest';
import { countAsTheComputer } from './character-widths.ts';

type Widths = Parameters<Parameters<typeof countAsTheComputer>[0]['unicode']['register']>[0];

test('new emoji are wide, marks have no width of their own, and the rest is as Unicode 11 has it', () => {
  let widths: Widths | undefined;
  const unicode = { activeVersion: '6', register: (registered: Widths) => void (widths = registered) };
  countAsTheComputer({ unicode }, new Unicode11Addon());
  expect(unicode.activeVersion).toBe(widths?.version);
  const columns = (text: string) => [...text].map((character) => widths?.wcwidth(character.codePointAt(0) ?? 0));
  expect(columns('aé日ｗ한🚢')).toEqual([1, 1, 2, 2, 2, 2]);
  expect(columns('🥲🫠🪄\u0301\u200d\ufe0f\u0897')).toEqual([2, 2, 2, 0, 0, 0, 0]);
  expect(columns('\u{20000}\u{e0100}\u{10fffd}')).toEqual([2, 0, 1]);
  // A mark takes the columns of what it stands on.
  const width = (properties = 0) => (properties >> 1) & 3;
  expect(width(widths?.charProperties(0x1dfa, widths.charProperties(0x1f972, 0)))).toBe(2);
});

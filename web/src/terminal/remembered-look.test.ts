import { expect, test } from 'vitest';
import { readLook } from './remembered-look.ts';

const first = { fontSize: null, colours: 'page', screenReader: false, selectionCopies: false };

test('what was remembered is read', () => {
  const look = { fontSize: 18, colours: 'contrast', screenReader: true, selectionCopies: true };
  expect(readLook(JSON.stringify(look))).toEqual(look);
});

test('nothing, or what makes no sense, is as at first', () => {
  expect(readLook(null)).toEqual(first);
  for (const text of ['', '{', '[]', '7', 'null']) expect(readLook(text)).toEqual(first);
  expect(readLook('{"fontSize":900,"colours":"pink","screenReader":"yes"}')).toEqual(first);
  expect(readLook('{"fontSize":900,"colours":"dark"}')).toEqual({ ...first, colours: 'dark' });
});

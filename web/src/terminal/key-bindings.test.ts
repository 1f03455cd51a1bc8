import { expect, test } from 'vitest';
import { keyAction } from './key-bindings.ts';

const key = (name: string, ...held: ('ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey')[]) => ({
  type: 'keydown',
  key: name,
  ctrlKey: held.includes('ctrlKey'),
  shiftKey: held.includes('shiftKey'),
  metaKey: held.includes('metaKey'),
  altKey: held.includes('altKey'),
});

test('Ctrl+C interrupts unless something is selected', () => {
  expect(keyAction(key('c', 'ctrlKey'), false, false)).toBeNull();
  expect(keyAction(key('c', 'ctrlKey'), true, false)).toBe('copy-selection');
});

test('the usual terminal keys copy and paste', () => {
  expect(keyAction(key('C', 'ctrlKey', 'shiftKey'), true, false)).toBe('copy');
  expect(keyAction(key('Insert', 'ctrlKey'), true, false)).toBe('copy');
  expect(keyAction(key('V', 'ctrlKey', 'shiftKey'), false, false)).toBe('native-paste');
  expect(keyAction(key('Insert', 'shiftKey'), false, false)).toBe('native-paste');
  expect(keyAction(key('v', 'ctrlKey'), false, false)).toBeNull();
});

test('a Mac copies and pastes by Cmd and interrupts by Ctrl+C in any case', () => {
  expect(keyAction(key('c', 'metaKey'), true, true)).toBe('copy');
  expect(keyAction(key('v', 'metaKey'), false, true)).toBe('native-paste');
  expect(keyAction(key('c', 'ctrlKey'), true, true)).toBeNull();
});

test('letting a key go does nothing', () => {
  expect(keyAction({ ...key('c', 'ctrlKey'), type: 'keyup' }, true, false)).toBeNull();
});

test('keys lead from command to command and to the search', () => {
  expect(keyAction(key('ArrowUp', 'ctrlKey', 'shiftKey'), false, false)).toBe('previous-command');
  expect(keyAction(key('ArrowDown', 'metaKey', 'shiftKey'), false, true)).toBe('next-command');
  expect(keyAction(key('ArrowUp', 'ctrlKey'), false, false)).toBeNull();
  expect(keyAction(key('ArrowUp', 'shiftKey'), false, false)).toBeNull();
  expect(keyAction(key('F', 'ctrlKey', 'shiftKey'), false, false)).toBe('search');
  expect(keyAction(key('f', 'metaKey'), false, true)).toBe('search');
  expect(keyAction(key('f', 'ctrlKey'), false, false)).toBeNull();
});

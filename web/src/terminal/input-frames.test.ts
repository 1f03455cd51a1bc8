import { expect, test } from 'vitest';
import { ACK_BYTES } from '../../../protocol/limits.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { binaryBytes, commandInput, cutFrames } from './input-frames.ts';

test('a long paste is cut without losing a byte', () => {
  const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);
  expect(cutFrames(bytes, 4).map((frame) => [...frame])).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
  expect(cutFrames(new Uint8Array(0))).toEqual([]);
});

test('old mouse reports keep their bytes', () => {
  expect([...binaryBytes('\x1b[M\xe0!')]).toEqual([0x1b, 0x5b, 0x4d, 0xe0, 0x21]);
});

test('a command takes the place of what was half typed, several lines as a paste where the program takes one', () => {
  expect(commandInput('docker ps', true)).toBe('\x05\x15docker ps\r');
  expect(commandInput('a\nb', false)).toBe('\x05\x15a\rb\r');
  expect(commandInput('a\nb', true)).toBe('\x05\x15\x1b[200~a\rb\x1b[201~\r');
});

test('output is acknowledged each ACK_BYTES, none twice', () => {
  const sent: number[] = [];
  const acknowledgement = new Acknowledgement((bytes) => sent.push(bytes));
  acknowledgement.add(ACK_BYTES - 1);
  expect(sent).toEqual([]);
  acknowledgement.add(10);
  acknowledgement.add(ACK_BYTES);
  expect(sent).toEqual([ACK_BYTES + 9, ACK_BYTES]);
});

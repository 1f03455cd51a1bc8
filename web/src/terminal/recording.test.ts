import { expect, test } from 'vitest';
import { Recording } from './recording.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const size = { cols: 80, rows: 24 };

function recorded(record: (recording: Recording, wait: (ms: number) => void) => void, most?: number): unknown[] {
  let at = 1_700_000_000_000;
  const recording = new Recording(size, () => at, most);
  record(recording, (ms) => {
    at += ms;
  });
  const file = recording.asciicast('A lesson');
  expect(file.endsWith('\n')).toBe(true);
  return file
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('output and sizes with their times', () => {
  const events = recorded((recording, wait) => {
    recording.output(bytes('$ '));
    wait(1500);
    recording.resize({ cols: 100, rows: 30 });
    wait(20);
    recording.output(bytes('ls\r\n'));
  });
  expect(events).toEqual([
    { version: 2, width: 80, height: 24, timestamp: 1_700_000_000, idle_time_limit: 3, title: 'A lesson' },
    [0, 'o', '$ '],
    [1.5, 'r', '100x30'],
    [1.52, 'o', 'ls\r\n'],
  ]);
});

test('a character cut in two is one, and the marks of the shell with their secret are left out, wherever they are cut', () => {
  const whole = bytes('a\x1b[1mü\x1b]633;E;ls;n1\x07\x1b]633;C;1.5;n1\x07b\x1b]0;title\x07');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const events = recorded((recording) => {
      recording.output(whole.subarray(0, cut));
      recording.output(whole.subarray(cut));
    });
    const text = events.slice(1).map((event) => (event as string[])[2]);
    expect(text.join('')).toBe('a\x1b[1müb\x1b]0;title\x07');
  }
});

test('the oldest goes where there is too much, and the size is the one of what is left', () => {
  const events = recorded((recording) => {
    recording.output(bytes('first'));
    recording.resize({ cols: 40, rows: 10 });
    recording.output(bytes('second'));
    recording.output(bytes('third'));
  }, 11);
  expect(events).toMatchObject([{ width: 80 }, [0, 'r', '40x10'], [0, 'o', 'second'], [0, 'o', 'third']]);
  const later = recorded((recording) => {
    recording.output(bytes('first'));
    recording.resize({ cols: 40, rows: 10 });
    recording.output(bytes('second'));
    recording.output(bytes('third'));
  }, 5);
  expect(later).toMatchObject([{ width: 40, height: 10 }, [0, 'o', 'third']]);
});

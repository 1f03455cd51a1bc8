import { expect, test } from 'vitest';
import { ScreenState } from './screen-state.ts';

const SIZE = { cols: 40, rows: 10 };

async function after(...writes: (string | Uint8Array)[]): Promise<ScreenState> {
  const state = new ScreenState(SIZE, 'n1');
  for (const bytes of writes) await state.write(bytes);
  return state;
}

const FULL = [
  Array.from({ length: 30 }, (_, n) => `\x1b[3${n % 8}mline ${n} äß→🙂\x1b[0m\r\n`).join(''),
  '\x1b]2;a title\x07\x1b7\x1b[?1049h\x1b[H\x1b[44mother screen\x1b[3;8r\x1b[4;6Hhere\x1b[?1h\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[?25l',
];

test.each([
  ['colours and lines above the screen', FULL.slice(0, 1), 'more\r\n\x1b[Alast'],
  ['the other screen, its modes and its scroll region', FULL, '\n\n\n\n\n\n\nX\x1b[1;1Hy'],
  ['what was on the first screen', FULL, '\x1b[?1049l\x1b[?25h$ '],
  ['an origin', ['\x1b[3;8r\x1b[?6h\x1b[2;2Hx'], '\x1b[1;1Hy\n\n\n\n\n\n\nz'],
  ['a coloured ground', ['\x1b[44m\x1b[2J\x1b[48;2;9;8;7m\x1b[10H\x1b[2K\x1b[m\x1b[Htext'], '!'],
  ['line drawing', ['\x1b(0lqk'], 'x\x1b(Bx'],
  ['a saved cursor', ['\x1b[4;7H\x1b7\x1b[Hab'], '\x1b8here'],
])('a picture goes on as the terminal itself does: %s', async (_, before, then) => {
  const whole = await after(...before, then);
  const first = await after(...before);
  const copy = await after(first.picture(), then);
  expect(copy.picture()).toBe(whole.picture());
  expect(copy.picture()).not.toBe(first.picture());
});

test('tells which command runs, by genuine marks only', async () => {
  const mark = (text: string) => `\x1b]633;${text}\x07`;
  const begun = mark('E;top;n1') + mark('P;Cwd=/;n1') + mark('C;1.0;n1');
  expect((await after(begun, 'x', mark('D;0;2.0;other'))).picture()).toContain(begun);
  expect((await after(begun, 'x', mark('D;0;2.0;n1'))).picture()).not.toContain('633');
  expect((await after(mark('E;rm;other') + mark('C;1.0;other'))).picture()).not.toContain('633');
});

test('nothing half is settled', async () => {
  for (const half of ['\x1b[3', '\x1b]2;tit', 'x'.repeat(34), Buffer.from('é').subarray(0, 1)]) {
    const state = await after('before', half);
    expect(state.settled, JSON.stringify(String(half))).toBe(false);
  }
  expect((await after('before', '\x1b[3', '1m')).settled).toBe(true);
  expect((await after(Buffer.from('🙂'))).settled).toBe(true);
});

test('after a gap a sequence that was cut does not swallow what comes', async () => {
  const state = await after('\x1b]2;never ended', 'b\r\n');
  expect(state.picture()).not.toContain('b');
  await state.gap();
  await state.write('plain');
  expect(state.picture()).toContain('plain');
});

test('keeps as many lines above as fit, the newest ones, and the screen whole', async () => {
  const state = new ScreenState({ cols: 100, rows: 30 }, 'n');
  await state.write(Array.from({ length: 4000 }, (_, n) => `\x1b[3${n % 8}m${n} ${'ü'.repeat(90)}\r\n`).join(''));
  const whole = state.picture();
  expect(Buffer.byteLength(whole)).toBeGreaterThan(500_000);
  expect(state.boundedPicture(1_000_000)).toBe(whole);
  const picture = state.boundedPicture(200_000);
  expect(Buffer.byteLength(picture)).toBeLessThan(200_000);
  expect(Buffer.byteLength(picture)).toBeGreaterThan(80_000);
  expect(picture).toContain('3500 ü');
  expect(picture).not.toContain('\n100 ü');
  expect(state.boundedPicture(1)).toBe(state.picture(0));
});

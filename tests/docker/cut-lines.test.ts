// A page whose line is cut, dead or slow, whose server is killed, or that is loaded anew, shows what one that never was away shows.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScreenState } from '../../server/terminal/screen-state.ts';
import { NOTHING, TestCourse } from '../support/course.ts';
import { until } from '../support/learner.ts';
import { Line } from '../support/line.ts';
import { Page } from '../support/page.ts';
import { TestServer } from '../support/server.ts';
import { begin, Uncut } from '../support/uncut.ts';

/** `npm run soak` sets it. */
const CUTS = process.env.SLIPWAY_SOAK === '1' ? 100 : 20;
const MOST_BETWEEN_CUTS = 40_000;
const LESSON = 'nothing';
const DONE = 'all is painted';

/** Colours, wide characters, redraws, both screens, scroll regions and titles, in writes that end anywhere. */
const PAINT = (bytes: number, seed: number) =>
  `perl -e '
srand(${seed}); my $all = 0;
my @words = ("grün", "日本語", "🙂", "→", "naïve", "漢字テスト", "plain", "ünï", "▒▒", "é");
sub put { my $s = shift; $all += length $s; while (length $s) { syswrite(STDOUT, substr($s, 0, 1 + int rand 900, "")) } }
sub text { join " ", map { $words[rand @words] } 1 .. 2 + int rand 9 }
my $i = 0;
while ($all < ${bytes}) { my $kind = int rand 12; $i++;
  if ($kind < 6) { put(sprintf "\\e[38;2;%d;%d;%dm%s\\e[0m %d\\r\\n", rand 256, rand 256, rand 256, text(), $i) }
  elsif ($kind == 6) { put(sprintf "\\e7\\e[%d;%dH\\e[7m%s\\e[0m\\e8", 1 + rand 30, 1 + rand 90, text()) }
  elsif ($kind == 7) { put("\\e[?1049h\\e[2J\\e[H\\e(0lqqqk\\e(B".text()."\\e[?1h\\e[?1l\\e[?1049l") }
  elsif ($kind == 8) { put("\\e[5;20r\\e[20;1H\\n\\n".text()."\\e[r\\e[30;1H") }
  elsif ($kind == 9) { put("\\e]2;title $i\\a\\e]8;;http://x/$i\\e\\\\link\\e]8;;\\e\\\\\\r\\n") }
  elsif ($kind == 10) { put("\\e[2K\\r\\e[3A\\e[1;4mdrawn anew $i\\e[0m\\e[3B\\r\\n") }
  else { put(text() x 3) } }
put("\\e[?1049h\\e[2J\\e[3;9r\\e[?1h\\e[?2004h\\e[?1002h\\e[?1006h\\e[?25l\\e[44m\\e[5;5H${DONE.replace(' ', ' \\e[m')}"); sleep 1000'\r`.replaceAll(
    '\n',
    ' ',
  );
const LAST = DONE.replace(' ', ' \x1b[m');

let server: TestServer;
const course = new TestCourse({ '01-nothing': NOTHING });

beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '8', ...course.args], stock: 4 });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

/**
 * Draws a screen of its own anew and anew: at each key three MiB of it, each time with another end, and once more where the
 * size has changed.
 */
const METER = `stty raw -echo; perl -e '
my ($phase, $n) = (0, 0); sub draw { my $s = "\\e[44m\\e[2J\\e[m"; for my $row (2 .. 20) {
  $s .= sprintf "\\e[%d;1H\\e[3%dm日本 %s %d\\e[K\\e[m", $row, ($row + $phase) % 8, "x" x (20 + ($row * $phase) % 40), $phase }
  syswrite STDOUT, $s . "\\e[1;1Hphase $phase is do\\e[mne" }
$SIG{WINCH} = sub { draw() };
syswrite STDOUT, "\\e[?1049h\\e[?1h\\e[?25l\\e[2;20r"; draw();
while (1) { my $got = sysread STDIN, my $key, 1; next unless $got; if ($key eq "s") { syswrite STDOUT, "\\e]2;asleep\\a"; sleep 2 } $phase++;
  for (my $all = 0; $all < 3 << 20; $all += length $_) { $_ = "\\e[5;5H" . "ab" x 40 . "\\r\\e[K" x 30; syswrite STDOUT, $_ }
  draw() }'\r`.replaceAll('\n', ' ');
/** xterm.js forgets a scroll region where the size changes, and the page that leads has a size of its own. */
const shownOn = (screen: ScreenState) => screen.picture(0).replace(/\x1b\[\d+;\d+r/, '');
const phase = (n: number) => `phase ${n} is do\x1b[mne`;

it.concurrent(`after ${CUTS} cuts at any byte the screen is as if there had been none`, async () => {
  const { learner, dir } = await begin(server, LESSON);
  await using line = await Line.to(server);
  using page = await Page.open(line.url, learner.cookie);
  await page.ready();
  using uncut = await Uncut.of(dir);
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  line.cutAfter = () => (line.cuts < CUTS ? 1 + Math.floor(random() * MOST_BETWEEN_CUTS) : Number.POSITIVE_INFINITY);
  page.type(PAINT(CUTS * MOST_BETWEEN_CUTS, 42));
  await until(() => page.output.length > 3, 'the program');
  line.cut();
  await page.shows(LAST, 60_000 + CUTS * 1000);
  expect(line.cuts).toBe(CUTS);
  expect(page.missed).toBe(0);
  expect(page.cleared).toBe(0);
  expect(Buffer.concat(page.output).equals(uncut.bytes)).toBe(true);
  expect(page.screen.picture(0)).toBe(await uncut.picture(LAST));
});

it.concurrent('what has left the ring is bridged by the kept screen, and a program draws anew where nobody knows it', async () => {
  await using own = await TestServer.start({ args: ['--max-sandboxes', '1', ...course.args] });
  const { learner, dir } = await begin(own, LESSON);
  using first = await Page.open(own.url, learner.cookie);
  await first.ready();
  using uncut = await Uncut.of(dir);
  first.type(METER);
  await first.shows(phase(0));
  first.type('k');
  await first.shows(phase(1));
  await until(() => existsSync(join(dir, 'screen.json')), 'the kept screen');
  first.type('k');
  await first.shows(phase(2));
  expect(first.missed).toBe(0);
  expect(first.screen.picture(0)).toBe(await uncut.picture(phase(2)));

  using anew = await Page.open(own.url, learner.cookie);
  await anew.ready();
  const shown = await uncut.picture(phase(2));
  await until(() => anew.screen.picture(0) === shown, 'the same screen');
  expect(anew.missed).toBeGreaterThan(1 << 20);

  // Three times three MiB, more than the ring holds, while no server runs.
  anew.type('sss');
  await anew.shows('asleep');
  await own.end('SIGKILL');
  await uncut.reads(phase(5), 60_000);
  const { missed } = anew;
  await own.start();
  await anew.ready();
  await uncut.picture(phase(5));
  for (const page of [anew, first]) {
    const same = () => shownOn(page.screen) === shownOn(uncut.screen);
    await until(same, 'the screen to be drawn anew');
  }
  expect(anew.missed).toBeGreaterThan(missed + (4 << 20));
});

it.concurrent('a line that is dead without a word is known within 20 s on both sides, and the page goes on over the next one', async () => {
  const { learner } = await begin(server, LESSON);
  await using line = await Line.to(server);
  using page = await Page.open(line.url, learner.cookie);
  await page.ready();
  page.type('echo be""fore\r');
  await page.shows('before');
  line.die();
  const began = performance.now();
  await until(() => page.state.state === 'lost' && line.heldByServer === 0, 'both sides to know', 22_000);
  expect(performance.now() - began).toBeLessThan(20_500);
  line.heal();
  await page.ready();
  page.type('echo af""ter\r');
  await page.shows('after');
  expect(page.missed).toBe(0);
});

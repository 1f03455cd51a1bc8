// The wall at a real server: what each learner does is on it within a second, and it is right after the server was killed.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Class } from '../../protocol/classroom.ts';
import { routes } from '../../protocol/http.ts';
import { closeCodes } from '../../protocol/socket.ts';
import { type LearnerWork, learnerWorkSchema } from '../../protocol/work.ts';
import { Classroom, enter, say } from '../support/classroom.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { Learner, LearnerTerminal, until } from '../support/learner.ts';
import { RoomPage, WallPage } from '../support/wall-page.ts';

const WITHIN_MS = 1_000;

const course = new TestCourse({
  '01-two-steps': `${front('Two steps')}Do.\n\n${commandStep('Look around', 'echo one')}${commandStep('Look again', 'echo two')}`,
});
let room: Classroom;

beforeAll(async () => {
  room = await Classroom.open(['two-steps'], ['--max-sandboxes', '6', '--ping-seconds', '2', ...course.args], 3);
}, 600_000);
afterAll(async () => {
  await room?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

async function workOf(person: string): Promise<LearnerWork> {
  const answer = await room.teacher.get(routes.work(room.class.id, person));
  return learnerWorkSchema.parse(await answer.json());
}

it('has all that a learner does within a second, and is right after the server was killed', async () => {
  using early = await WallPage.open(room.teacher, room.class.id);
  const { learner } = await room.joined('<b>Anna</b>');
  await until(() => early.named('<b>Anna</b>')?.came === true, 'who has joined', WITHIN_MS);
  await learner.open('two-steps');
  const terminal = await learner.terminal();
  await terminal.shows('#');
  const anna = () => early.named('<b>Anna</b>');
  await until(() => anna()?.step === 'look-around' && anna()?.connected === true, 'her step', WITHIN_MS);
  expect(anna()).toMatchObject({ lesson: 'two-steps', setup: 'ready', tries: 0, diagnosis: null });
  expect(Math.abs((anna()?.sinceMs ?? 0) - Date.now())).toBeLessThan(60_000);

  // A try that fails.
  early.say({ type: 'lines', shown: true });
  terminal.type('echo uno\r');
  await terminal.sees(({ verdict }) => verdict?.state === 'fail', 'a fail');
  await until(() => anna()?.tries === 1 && (anna()?.diagnosis ?? '') !== '', 'the try', WITHIN_MS);
  await until(() => (early.lines.get(early.idOf('<b>Anna</b>')) ?? []).includes('uno'), 'the last lines', 5_000);

  const work = await workOf(early.idOf('<b>Anna</b>'));
  expect(work.commands[0]).toMatchObject({ line: 'echo uno', exitCode: 0, endedMs: expect.any(Number) });
  expect(work.attempts[0]).toMatchObject({ step: 'look-around', verdict: 'fail', command: 'echo uno' });
  expect(work.attempts[0]?.message).toBe(anna()?.diagnosis);

  // The step passes.
  terminal.type('echo one\r');
  await terminal.sees(({ verdict }) => verdict?.state === 'pass', 'a pass');
  await until(() => anna()?.step === 'look-again', 'the next step', WITHIN_MS);
  expect(anna()).toMatchObject({ tries: 0, diagnosis: null });
  const passed = anna()?.steps['two-steps']?.['look-around'];
  expect(passed).toMatchObject({ mark: 'passed', tries: 1, tookMs: expect.any(Number) });

  // Another one who looks has all of it at once.
  using second = await WallPage.open((await room.assistant('Sam')).assistant, room.class.id);
  expect(second.named('<b>Anna</b>')).toEqual(anna());
  const before = anna();

  await room.server.end('SIGKILL');
  await room.server.start();
  using late = await WallPage.open(room.teacher, room.class.id);
  const after = { ...late.named('<b>Anna</b>'), connected: true, activeMs: before?.activeMs };
  expect(after).toEqual(before);
  expect(late.named('<b>Anna</b>')?.connected).toBe(false);
  const back = await learner.terminal();
  await until(() => late.named('<b>Anna</b>')?.connected === true, 'her return', WITHIN_MS);
  back.type('echo dos\r');
  await back.sees(({ verdict }) => verdict?.state === 'fail', 'a fail');
  await until(() => late.named('<b>Anna</b>')?.tries === 1, 'the try', WITHIN_MS);
  back.socket.terminate();
  await until(() => late.named('<b>Anna</b>')?.connected === false, 'her going', WITHIN_MS);
});

it('is right again for a laptop that slept, and lets go of what it held meanwhile', async () => {
  const { learner } = await room.joined('Delia');
  await learner.open('two-steps');
  const terminal = await learner.terminal();
  await terminal.shows('#');
  using ofDelia = await RoomPage.open(learner);
  using awake = await WallPage.open(room.teacher, room.class.id);
  await until(() => awake.named('Delia')?.step === 'look-around', 'her', WITHIN_MS);
  const of = [room.class.id, awake.idOf('Delia')] as const;
  using asleep = await WallPage.open(room.teacher, room.class.id);
  const look = new LearnerTerminal(room.teacher.socketAt(routes.learnerSocket(...of)), null);
  await look.shows('#');
  await room.teacher.post(routes.askKeyboard(...of));
  await until(() => ofDelia.keyboard !== null, 'the request');
  expect((await learner.post(routes.allowKeyboard(ofDelia.keyboard?.ask ?? ''))).status).toBe(200);
  await until(() => ofDelia.keyboard?.allowed === true, 'the yes');

  // Neither reads nor answers any more, and no line says so.
  for (const { socket } of [asleep, look]) socket.pause();
  terminal.type('echo uno\r');
  await until(() => awake.named('Delia')?.tries === 1, 'her try', WITHIN_MS);
  await until(() => ofDelia.watchers.length === 0 && ofDelia.keyboard === null, 'nobody any more', 30_000);
  terminal.type('echo my-own-$((2 + 3))\r');
  await terminal.shows('my-own-5');
  for (const { socket } of [asleep, look]) socket.resume();
  await until(() => asleep.closeCode !== null && look.closeCode !== null, 'the end of both lines');
  using back = await WallPage.open(room.teacher, room.class.id);
  expect(back.named('Delia')).toEqual(awake.named('Delia'));
  terminal.socket.terminate();
});

it('has raised hands in their order, and each learner knows theirs', async () => {
  using wall = await WallPage.open(room.teacher, room.class.id);
  const { learner: berta } = await room.joined('Berta');
  const { learner: carl } = await room.joined('Carl');
  using ofBerta = await RoomPage.open(berta);
  using ofCarl = await RoomPage.open(carl);
  expect(ofBerta.hand).toBeNull();
  await berta.post(routes.hand, say({ words: '<i>Why</i>\n twice?' }));
  await until(() => wall.named('Berta')?.hand?.words === '<i>Why</i> twice?', 'her hand', WITHIN_MS);
  await carl.post(routes.hand, say({ words: 'Help' }));
  await until(() => ofCarl.hand?.place === 2, 'his place', WITHIN_MS);
  expect(ofBerta.hand).toMatchObject({ place: 1, takenBy: null, waitMs: null });

  const { assistant } = await room.assistant('Lee');
  const of = (name: string) => [room.class.id, wall.idOf(name)] as const;
  expect((await assistant.post(routes.takeHand(...of('Berta')))).status).toBe(200);
  await until(() => ofBerta.hand?.takenBy === 'Lee' && ofCarl.hand?.place === 1, 'who comes', WITHIN_MS);
  expect((await assistant.post(routes.closeHand(...of('Berta')))).status).toBe(200);
  await until(() => ofBerta.hand === null && typeof ofCarl.hand?.waitMs === 'number', 'the end', WITHIN_MS);
  expect((await assistant.post(routes.closeHand(...of('Berta')))).status).toBe(409);
  // Nobody else's is theirs to close, and no words are too many.
  expect((await berta.post(routes.closeHand(...of('Carl')))).status).toBe(403);
  for (const words of ['', ' ', 'x'.repeat(201), 'x'.repeat(10_000)])
    expect([400, 413]).toContain((await berta.post(routes.hand, say({ words }))).status);
  expect((await carl.post(routes.lowerHand)).status).toBe(200);
  await until(() => wall.named('Carl')?.hand === null, 'his hand down', WITHIN_MS);
  expect((await room.teacher.post(routes.hand, say({ words: 'me' }))).status).toBe(409);
});

it('shows a terminal to who looks on, who types when the learner allows it, and the learner sees them', async () => {
  const { learner } = await room.joined('Emil');
  const { learner: other } = await room.joined('Flo');
  await learner.open('two-steps');
  const terminal = await learner.terminal();
  terminal.type('echo before-$((1 + 1))\r');
  await terminal.shows('before-2');
  using ofEmil = await RoomPage.open(learner);
  using wall = await WallPage.open(room.teacher, room.class.id);
  await until(() => wall.named('Emil') !== undefined, 'him', WITHIN_MS);
  const at = routes.learnerSocket(room.class.id, wall.idOf('Emil'));
  const look = new LearnerTerminal(room.teacher.socketAt(at), null);
  await look.shows('before-2');
  await until(() => ofEmil.watchers.includes('Ms Okafor'), 'the name', WITHIN_MS);
  // It has the size of the learner's screen, whatever its own is.
  expect(look.messages.find(({ type }) => type === 'terminal')).toMatchObject({ follows: { cols: 100, rows: 30 } });
  look.send({ type: 'lead', cols: 20, rows: 5 });
  terminal.type('stty size; echo after\r');
  await look.shows('30 100');
  look.type('echo typed by the teacher\r');
  const refusals = () => look.messages.filter(({ type }) => type === 'input-refused').length;
  await until(() => refusals() === 1, 'the refusal');

  // The keyboard is asked for, refused, asked for again, and allowed.
  const of = [room.class.id, wall.idOf('Emil')] as const;
  const { assistant } = await room.assistant('Nils');
  expect((await assistant.post(routes.askKeyboard(...of))).status).toBe(409);
  for (const _ of [1, 2]) expect((await room.teacher.post(routes.askKeyboard(...of))).status).toBe(200);
  await until(() => ofEmil.keyboard?.by === 'Ms Okafor' && !ofEmil.keyboard.allowed, 'the request');
  const refused = ofEmil.keyboard?.ask ?? '';
  await learner.post(routes.takeKeyboard);
  await until(() => ofEmil.keyboard === null && wall.named('Emil')?.keyboard === null, 'the no');
  expect((await learner.post(routes.allowKeyboard(refused))).status).toBe(409);
  await room.teacher.post(routes.askKeyboard(...of));
  await until(() => ofEmil.keyboard !== null, 'the request');
  expect((await other.post(routes.allowKeyboard(ofEmil.keyboard?.ask ?? ''))).status).toBe(409);
  look.type('echo too early\r');
  await until(() => refusals() === 2, 'the refusal');
  expect((await learner.post(routes.allowKeyboard(ofEmil.keyboard?.ask ?? ''))).status).toBe(200);
  await until(() => wall.named('Emil')?.keyboard?.allowed === true, 'the yes');
  look.type('echo by-the-teacher-$((3 + 3))\r');
  await terminal.shows('by-the-teacher-6');
  // What the learner's terminal answers by itself takes nothing back; a key does at once, and Escape is no key of the shell's.
  terminal.type('\x1b[?1;2c');
  terminal.send({ type: 'ping' });
  await until(() => terminal.messages.some(({ type }) => type === 'pong'), 'the answer to be there');
  look.type('\x15echo still-$((4 + 4))\r');
  await terminal.shows('still-8');
  terminal.type('\x1b');
  await until(() => ofEmil.keyboard === null, 'the key');
  look.type('echo too late\r');
  await until(() => refusals() === 3, 'the refusal');
  terminal.type('echo all-$((2 + 2))\r');
  await terminal.shows('all-4');
  for (const never of ['typed by the teacher', 'too early', 'too late']) expect(terminal.output).not.toContain(never);

  // It ends with the look, and with the learner's last page.
  await room.teacher.post(routes.askKeyboard(...of));
  await until(() => ofEmil.keyboard !== null, 'the request');
  look.socket.terminate();
  await until(() => ofEmil.watchers.length === 0 && ofEmil.keyboard === null, 'nobody any more');
  const back = new LearnerTerminal(room.teacher.socketAt(at), null);
  await back.shows('all-4');
  await room.teacher.post(routes.askKeyboard(...of));
  await until(() => ofEmil.keyboard !== null, 'the request');
  terminal.socket.terminate();
  await until(() => ofEmil.keyboard === null, 'its end');
  expect((await room.teacher.post(routes.askKeyboard(...of))).status).toBe(409);
  back.socket.terminate();

  const help = routes.help(room.class.id, wall.idOf('Emil'));
  await room.teacher.post(help, say({ kind: 'command', text: 'docker ps <b>' }));
  await until(() => ofEmil.help[0]?.text === 'docker ps <b>', 'the command', WITHIN_MS);
  const malformed = [
    { kind: 'link', text: 'javascript:alert(1)' },
    { kind: 'hint', text: 'x'.repeat(501) },
    { kind: 'hint', text: 'x'.repeat(10_000) },
    { kind: 'command', text: 'a\u0003b' },
  ];
  for (const body of malformed) expect([400, 413]).toContain((await room.teacher.post(help, say(body))).status);
  expect((await other.post(help, say({ kind: 'hint', text: 'no' }))).status).toBe(403);
  await other.post(routes.dismissHelp(ofEmil.help[0]?.id ?? ''));
  expect(ofEmil.help.length).toBe(1);
  await learner.post(routes.dismissHelp(ofEmil.help[0]?.id ?? ''));
  await until(() => ofEmil.help.length === 0, 'its end');
});

it('moves a learner, starts anew, and pauses the class through a restart of the server; the learner is told', async () => {
  const { learner } = await room.joined('Gus');
  await learner.open('two-steps');
  let terminal = await learner.terminal();
  await terminal.shows('#');
  using early = await WallPage.open(room.teacher, room.class.id);
  await until(() => early.named('Gus')?.step === 'look-around', 'his step');
  const of = [room.class.id, early.idOf('Gus')] as const;
  using ofGus = await RoomPage.open(learner);
  const to = { lesson: 'two-steps', step: 'look-again' };
  expect((await room.teacher.post(routes.moveTo(...of), say(to))).status).toBe(200);
  await until(() => early.named('Gus')?.step === 'look-again', 'the other step');
  await until(
    () => ofGus.help.at(-1)?.kind === 'step' && ofGus.help.at(-1)?.text === 'Look again',
    'the word',
    WITHIN_MS,
  );
  terminal.type('echo two; touch /root/mine\r');
  await until(() => early.named('Gus')?.steps['two-steps']?.['look-again']?.mark === 'passed', 'the pass');
  expect((await room.teacher.post(routes.moveTo(...of), say(to))).status).toBe(409);

  expect((await room.teacher.post(routes.pause(room.class.id))).status).toBe(200);
  await until(() => ofGus.pausedBy === 'Ms Okafor', 'the pause');
  terminal.type('echo never-$((1 + 1))\r');
  await until(() => terminal.messages.some(({ type }) => type === 'input-refused'), 'the refusal');
  await room.server.end('SIGKILL');
  await room.server.start();
  using wall = await WallPage.open(room.teacher, room.class.id);
  expect(wall.pausedBy).toBe('Ms Okafor');
  using again = await RoomPage.open(learner);
  expect(again.pausedBy).toBe('Ms Okafor');
  // Who comes back while it is paused has their lesson and terminal.
  await learner.open('two-steps');
  terminal = await learner.terminal();
  terminal.type('echo never-$((1 + 1))\r');
  await until(() => terminal.messages.some(({ type }) => type === 'input-refused'), 'the refusal');
  expect((await room.teacher.post(routes.resume(room.class.id))).status).toBe(200);
  await until(() => wall.pausedBy === null && again.pausedBy === null, 'its end');
  terminal.type('echo kept-$(ls /root | grep -c mine)\r');
  await terminal.shows('kept-1');
  expect(terminal.output).not.toContain('never-2');

  expect((await room.teacher.post(routes.startAgain(...of), say({ lesson: 'two-steps' }))).status).toBe(200);
  await until(() => wall.named('Gus')?.step === 'look-around' && wall.named('Gus')?.setup === 'ready', 'the start');
  await until(() => again.help.at(-1)?.kind === 'restart', 'the word');
  const fresh = await learner.terminal();
  fresh.type('echo kept-$(ls /root | grep -c mine)\r');
  await fresh.shows('kept-0');
});

it('shows a terminal of a dry run to the class: read-only, with what was before, until it is ended', async () => {
  const { learner: hana } = await room.joined('Hana');
  const { learner: ivo } = await room.joined('Ivo');
  const made = await room.teacher.post(routes.classes, say({ name: 'Other', lessons: ['two-steps'] }));
  const { id, code } = (await made.json()) as Class;
  await room.teacher.post(routes.class(id), say({ state: 'open' }));
  const ofAnother = new Learner(room.server);
  await enter(ofAnother, routes.join, { code, name: 'Jon' });
  const { assistant } = await room.assistant('Ola');
  const begin = (who: Learner, terminal: number | null = 0) =>
    who.post(routes.broadcast(room.class.id), say({ terminal }));
  const at = routes.broadcastSocket(room.class.id);
  const seen = (who: Learner) => new LearnerTerminal(who.socketAt(at), null);
  const refusedWith = (who: Learner) =>
    new Promise<number>((resolve) => {
      const socket = who.socketAt(at);
      socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
      socket.on('open', () => resolve(101));
      socket.on('error', () => {});
    });

  expect((await begin(room.teacher)).status).toBe(409);
  await room.teacher.post(routes.dryRun(room.class.id));
  await room.teacher.open('two-steps');
  const terminal = await room.teacher.terminal();
  terminal.type('echo before-$((1 + 1))\r');
  await terminal.shows('before-2');
  using wall = await WallPage.open(assistant, room.class.id);
  using ofHana = await RoomPage.open(hana);
  expect(await refusedWith(hana)).toBe(404);
  expect((await begin(hana)).status).toBe(403);
  expect((await begin(room.teacher, 1)).status).toBe(409);
  expect((await begin(room.teacher)).status).toBe(200);
  await until(() => ofHana.broadcast?.by === 'Ms Okafor' && ofHana.broadcast.watching === null, 'the word', WITHIN_MS);
  await until(() => wall.broadcast?.watching === 0, 'the word at the wall', WITHIN_MS);

  // What was before, and what comes, on a size that the teacher decides; a late one has it, too.
  const first = seen(hana);
  await first.shows('before-2');
  terminal.type('echo live-$((2 + 2))\r');
  await first.shows('live-4');
  const second = seen(ivo);
  await second.shows(/before-2[\s\S]*live-4/);
  using late = await RoomPage.open(ivo);
  await until(() => late.broadcast?.by === 'Ms Okafor', 'the word', WITHIN_MS);
  await until(() => wall.broadcast?.watching === 2, 'the two', WITHIN_MS);
  expect(first.messages.find(({ type }) => type === 'terminal')).toMatchObject({ follows: { cols: 100, rows: 30 } });

  // Nothing of theirs gets there, and one who does not read holds up nobody.
  first.type('echo typed by a learner\r');
  first.send({ type: 'lead', cols: 20, rows: 5 });
  first.send({ type: 'resize', cols: 20, rows: 5 });
  await until(() => first.messages.some(({ type }) => type === 'input-refused'), 'the refusal');
  second.acknowledging = false;
  terminal.type('seq 300000; stty size; echo all-$((3 + 3))\r');
  await terminal.shows(/30 100\s+all-6/);
  await first.shows(/30 100\s+all-6/);
  expect(terminal.output).not.toContain('typed by a learner');
  expect(second.next).toBeLessThan(first.next);
  expect([...first.messages, ...second.messages].filter(({ type }) => type === 'session')).toEqual([]);
  expect(await refusedWith(ofAnother)).toBe(404);
  expect(await refusedWith(new Learner(room.server))).toBe(401);

  // Two at once: the second one is refused, and may end the first one's.
  const refused = await begin(assistant);
  expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'broadcast-on' } }]);
  expect((await hana.post(routes.endBroadcast(room.class.id))).status).toBe(403);
  expect((await assistant.post(routes.endBroadcast(room.class.id))).status).toBe(200);
  await until(() => first.closeCode === closeCodes.noTerminal, 'the end');
  await until(() => second.closeCode === closeCodes.noTerminal, 'the end for a slow one');
  await until(() => ofHana.broadcast === null && wall.broadcast === null, 'the word', WITHIN_MS);
  terminal.type('echo still-$((4 + 4))\r');
  await terminal.shows('still-8');

  // It ends with the dry run.
  expect((await begin(room.teacher, null)).status).toBe(200);
  const again = seen(hana);
  await again.shows('still-8');
  await room.teacher.post(routes.endDryRun);
  await until(() => again.closeCode === closeCodes.noTerminal && ofHana.broadcast === null, 'the end');
  expect(await refusedWith(hana)).toBe(404);
});

it('is told which checks learners call wrong', async () => {
  using wall = await WallPage.open(room.teacher, room.class.id);
  const { learner } = await room.joined('Dora');
  await learner.open('two-steps');
  await learner.post(routes.report('two-steps', 'look-around'), say({ note: '<b>no</b>' }));
  await until(() => wall.reports.length > 0 && wall.named('Dora') !== undefined, 'the report', WITHIN_MS);
  expect(wall.reports[0]).toMatchObject({ learner: wall.idOf('Dora'), step: 'look-around', note: '<b>no</b>' });
});

it('is closed to one who is removed, and to a page that says what it must not', async () => {
  const { assistant, id } = await room.assistant('Kim');
  using page = await WallPage.open(assistant, room.class.id);
  using other = await WallPage.open(room.teacher, room.class.id);
  await room.teacher.post(routes.removeStaff(id));
  await until(() => page.closeCode !== null, 'its end');
  other.say({ type: 'lines', shown: 'x'.repeat(10_000) });
  await until(() => other.closeCode === closeCodes.badFrame, 'its end');
});

// Whatever a learner's world does (an engine that hangs, a false registry, forged marks, endless output), a check answers
// in bounded time, and what comes out of that world is text.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'run-your-own-registry';
let server: TestServer;
let learner: Learner;
let terminal: LearnerTerminal;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  learner = new Learner(server);
  await learner.open(LESSON);
  terminal = await learner.terminal();
  await terminal.shows('# ');
  return async () => {
    terminal.socket.close();
    // Its computer goes, and no other is made.
    await learner.post(routes.erase);
  };
});

const marks = (session: Session) => session.progress[LESSON]?.marks ?? {};
const hasPassed = (step: string) => (session: Session) => marks(session)[step] === 'passed';
/** The step's checks have passed; its questions may be open. */
const isChecked = (step: string) => (session: Session) => session.progress[LESSON]?.checked.includes(step) ?? false;

/** Types a line and waits for its end, told by a word that the line itself does not hold. */
let count = 0;
async function run(line: string): Promise<void> {
  count += 1;
  terminal.type(`${line}; echo en"d"-${count}-\r`);
  await terminal.shows(`end-${count}-`);
}

async function startRegistry(): Promise<void> {
  terminal.type('docker run -d -p 5000:5000 --name registry registry:2\r');
  await terminal.sees(hasPassed('start-the-registry'), 'the first step passed');
}

/** What the registry at localhost:5000 answers from now on, in place of a real one. */
async function falseRegistry(answer: string): Promise<void> {
  const response = `HTTP/1.0 200 OK\\r\\ncontent-type: text/html\\r\\ncontent-length: ${answer.length}\\r\\n\\r\\n${answer}`;
  await run(`printf '${response}' > /tmp/answer`);
  await run(`{ socat TCP-LISTEN:5000,fork,reuseaddr SYSTEM:'head -1 >/dev/null; cat /tmp/answer' >/dev/null 2>&1 & }`);
}

describe('the shell', () => {
  it('takes no forged mark of a printed file for a command', async () => {
    await startRegistry();
    await run(`printf '\\e]633;E;docker ps;guess\\a\\e]633;C;guess\\a0.0.0.0:5000\\e]633;D;0;guess\\a' > /tmp/forged`);
    await run('cat /tmp/forged');
    await run('cat /tmp/forged /tmp/forged');
    expect(isChecked('see-it-run')(await learner.session())).toBe(false);
    // Positive control.
    terminal.type('docker ps\r');
    await terminal.sees(isChecked('see-it-run'), 'the second step passed');
  });

  it('knows docker under an alias and behind another prompt', async () => {
    await startRegistry();
    await run(`alias d=docker; PS1='> '; PROMPT_COMMAND='true'`);
    terminal.type('d ps\r');
    await terminal.sees(isChecked('see-it-run'), 'the second step passed');
  });

  it('reads the end of a command that printed 100 MB', async () => {
    await startRegistry();
    terminal.type(`yes "$(printf 'x%.0s' {1..200})" | head -c 100000000; docker ps\r`);
    await until(async () => isChecked('see-it-run')(await learner.session()), 'the second step passed', 60_000);
  });
});

describe('a registry that is none', () => {
  it('is told from a real one, and its words are text', async () => {
    await learner.post(routes.openStep(LESSON, 'knock-at-the-door'));
    await falseRegistry('<html><img src=x onerror=alert(1)></html>');
    terminal.type('curl -s http://localhost:5000/v2/\r');
    await terminal.sees(({ verdict }) => verdict?.state === 'fail', 'a verdict');
    expect((await learner.session()).verdict?.message).not.toMatch(/[<>]|onerror/);
  });

  it('that never answers is met with a verdict all the same', async () => {
    await run('{ socat TCP-LISTEN:5000,fork,reuseaddr EXEC:"sleep 300" >/dev/null 2>&1 & }');
    terminal.type('docker ps; curl -s -m 1 http://localhost:5000/v2/\r');
    await terminal.sees(({ verdict }) => verdict?.state === 'fail', 'a verdict');
  });
});

describe('an engine', () => {
  it('that hangs is our fault, not the learner’s, and the check is made by itself once it goes on', async () => {
    await run('docker run -d -p 5000:5000 --name other registry:2');
    terminal.type('(sleep 12; pkill -CONT dockerd) & pkill -STOP dockerd; curl -s http://localhost:5000/v2/\r');
    await terminal.sees(({ verdict }) => verdict?.state === 'error', 'the verdict that it is our fault');
    expect((await learner.session()).verdict?.message).toMatch(
      /not yours: your computer's Docker engine gave no answer/,
    );
    const failed = () => terminal.session?.verdict?.state === 'fail';
    await until(failed, 'the verdict after it went on', 60_000).catch((error) => {
      throw new Error(`${error.message}; ${JSON.stringify(terminal.session?.verdict)}`);
    });
    await run('docker rename other registry');
    await terminal.sees(hasPassed('start-the-registry'), 'the first step passed');
  });

  it.each([
    ['never ends', 'printf "HTTP/1.0 200 OK\\r\\n\\r\\n"; yes'],
    ['is not Docker’s', 'printf "HTTP/1.0 200 OK\\r\\n\\r\\n<b>no</b>"'],
  ])('whose answer %s is told, and forgotten once the real one is back', async (_, answer) => {
    await run('docker create -p 5000:5000 --name registry registry:2; rm /box/engine.sock');
    await run(`echo 'head -1 >/dev/null; ${answer}' > /tmp/false`);
    await run('{ socat UNIX-LISTEN:/box/engine.sock,fork,mode=666 SYSTEM:"sh /tmp/false" >/dev/null 2>&1 & }');
    await run('until [ -S /box/engine.sock ]; do sleep 0.1; done');
    // So that a connection that is kept to the real one is given up.
    terminal.type('pkill -STOP dockerd; curl -s http://localhost:5000/v2/\r');
    await terminal.sees(
      ({ verdict }) => /not yours: your computer's Docker engine answered with/.test(verdict?.message ?? ''),
      'the verdict on the false engine',
    );
    expect((await learner.session()).verdict?.state).toBe('error');
    expect((await learner.session()).verdict?.message).not.toMatch(/[<>]/);
    await run('pkill -9 dockerd; until docker start registry; do sleep 0.1; done');
    await terminal.sees(hasPassed('start-the-registry'), 'the first step passed');
  });

  it('that is killed and comes back is asked again', async () => {
    await run('docker create -p 5000:5000 --name registry registry:2; pkill -9 dockerd');
    await run('until docker start registry; do sleep 0.1; done');
    await terminal.sees(hasPassed('start-the-registry'), 'the first step passed');
  });
});

describe('names', () => {
  it.each([
    ['markup', "docker tag '<b>x</b>' localhost:5000/y"],
    ['control characters', "docker pull $'localhost:5000/\\e]0;x\\a\\e[31mred'"],
    ['a direction mark', "docker run -d --name $'\\u202eexe' registry:2"],
    ['ten thousand letters', `docker pull localhost:5000/$(printf 'a%.0s' {1..10000})`],
  ])('with %s come out as short plain text', async (_, line) => {
    terminal.type(`${line}\r`);
    await terminal.sees(({ verdict }) => verdict?.state === 'fail', 'a verdict');
    const { message = '' } = (await learner.session()).verdict ?? {};
    expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(message.length).toBeLessThan(1000);
  });
});

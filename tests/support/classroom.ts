// A room of a test: a server with a teacher who has an open class.

import type { Class, Invited, Me } from '../../protocol/classroom.ts';
import { routes } from '../../protocol/http.ts';
import { Learner, until } from './learner.ts';
import { TestServer } from './server.ts';

export const PASSWORD = 'correct horse battery';

export class Classroom implements AsyncDisposable {
  readonly server: TestServer;
  readonly teacher: Learner;
  readonly class: Class;

  private constructor(server: TestServer, teacher: Learner, ofClass: Class) {
    this.server = server;
    this.teacher = teacher;
    this.class = ofClass;
  }

  /** `lessons`: slugs. */
  static async open(lessons: readonly string[], args: readonly string[] = [], stock = 0): Promise<Classroom> {
    const server = await TestServer.start({ args: ['--classroom', '--host', '127.0.0.1', ...args], stock });
    const teacher = new Learner(server);
    await enter(teacher, routes.signInByLink, { token: await printedToken(server) });
    await enter(teacher, routes.password, { name: 'Ms Okafor', password: PASSWORD });
    const made = (await (await teacher.post(routes.classes, say({ name: 'Monday', lessons }))).json()) as Class;
    const opened = (await (await teacher.post(routes.class(made.id), say({ state: 'open' }))).json()) as Class;
    return new Classroom(server, teacher, opened);
  }

  async joined(name: string): Promise<{ learner: Learner; me: Me }> {
    const learner = new Learner(this.server);
    return { learner, me: await enter(learner, routes.join, { code: this.class.code, name }) };
  }

  async assistant(name: string): Promise<{ assistant: Learner; id: string }> {
    const invited = await this.teacher.post(routes.staff, say({ role: 'assistant', name }));
    const { id, signInPath } = (await invited.json()) as Invited;
    const assistant = new Learner(this.server);
    await enter(assistant, routes.signInByLink, { token: signInPath.split('#')[1] });
    return { assistant, id };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]();
  }
}

export const say = (body: object): RequestInit => ({ body: JSON.stringify(body) });

export async function enter(who: Learner, path: string, body: object): Promise<Me> {
  const answer = await who.post(path, say(body));
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Me;
}

/** Of the link that the server printed last, which it does once it is ready. */
export async function printedToken(server: TestServer): Promise<string> {
  const token = () => /sign-in#(\S+)\s(?![\s\S]*sign-in#)/.exec(server.said)?.[1] ?? '';
  await until(() => token() !== '', 'the sign-in link');
  return token();
}

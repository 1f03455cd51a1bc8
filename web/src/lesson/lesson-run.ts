// Owns one visit of a lesson: the lesson, the session as the server last said it, and the link to the terminal.

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { routes } from '../../../protocol/http.ts';
import type { Lesson, Quiz, QuizAnswer } from '../../../protocol/lesson.ts';
import type { LessonProgress, Mishap, Session, Setup } from '../../../protocol/session.ts';
import {
  type ApiProblem,
  answerQuiz,
  asProblem,
  closeTerminal,
  extendTime,
  getLesson,
  getSession,
  openLesson,
  openStep,
  openTerminal,
  reportCheck,
  restartLesson,
  retrySetup,
  showSolution,
  skipStep,
  takeHint,
} from '../api.ts';
import { takeBrought } from '../brought.ts';
import { MapState } from '../map/map-state.ts';
import { Panes } from '../panes/panes.ts';
import { progressOf } from '../progress.ts';
import { AnswerBook } from '../quiz/answer-book.ts';
import { answerLines } from '../quiz/draft.ts';
import { reloadOnce, understood } from '../reload-once.ts';
import { commandInput } from '../terminal/input-frames.ts';
import { TerminalLink } from '../terminal/terminal-link.ts';
import type { TerminalScreen } from '../terminal/terminal-screen.ts';
import { type PageTerminal, Terminals } from '../terminal/terminals.ts';
import { texts } from '../texts.ts';
import { recordVerdict, type Verdicts } from '../verdicts.ts';

export type Loading =
  | { state: 'loading' }
  | { state: 'loaded'; lesson: Lesson }
  | { state: 'failed'; problem: ApiProblem };
/** Of the computer and its shell, from the page's view. */
export type Opening = { state: 'opening' } | { state: 'open' } | { state: 'failed'; problem: ApiProblem };

const socketUrl = (terminal: number) =>
  new URL(`${routes.socket}?terminal=${terminal}`, location.href.replace(/^http/, 'ws'));

export class LessonRun {
  readonly slug: string;
  readonly loading: Signal<Loading>;
  readonly opening: Signal<Opening> = signal({ state: 'opening' });
  readonly session: Signal<Session | null> = signal(null);
  readonly verdicts: Signal<Verdicts> = signal({});
  /** Why the last button press did nothing, and how to try it again; null where it did something. */
  readonly failed: Signal<{ problem: ApiProblem; retry: () => void } | null> = signal(null);
  /** What happened to the computer, where the learner has taken note of it; null once that is told no more. */
  readonly seenMishap: Signal<Mishap | null> = signal(null);
  readonly progress: ReadonlySignal<LessonProgress | null>;
  /** Null while another lesson is the open one. */
  readonly setup: ReadonlySignal<Setup | null>;
  readonly answers: AnswerBook;
  readonly map = new MapState();
  readonly panes = new Panes();
  readonly terminals: Terminals;
  /** Of the terminal in front; null until xterm.js is loaded. */
  readonly screen: ReadonlySignal<TerminalScreen | null>;
  /** How often the socket has said the session; an HTTP answer older than that is not news. */
  private heard = 0;
  private disposed = false;

  constructor(slug: string) {
    this.slug = slug;
    const brought = takeBrought(slug);
    this.loading = signal(brought ? { state: 'loaded', lesson: brought.lesson } : { state: 'loading' });
    this.answers = new AnswerBook(slug);
    this.progress = computed(() => {
      const { value } = this.loading;
      return value.state === 'loaded' ? progressOf(this.session.value, value.lesson) : null;
    });
    this.setup = computed(() => (this.session.value?.lesson === slug ? this.session.value.setup : null));
    this.terminals = new Terminals((number) => this.linkTo(number));
    this.screen = computed(() => this.terminals.front.value.screen.value);
    if (brought?.session) this.take(brought.session);
  }

  /** Of the terminal in front. */
  get link(): TerminalLink {
    return this.terminals.front.value.link;
  }

  /** Once the page shows it: what is hidden takes no focus. */
  focusTerminal(): void {
    this.panes.show('terminal');
    requestAnimationFrame(() => this.screen.peek()?.focus());
  }

  /** What is not of one terminal comes over the first one's. */
  get firstLink(): TerminalLink {
    return this.terminals.first.link;
  }

  /** Loads the lesson and opens it; a page that is only read needs no computer. */
  async start(): Promise<void> {
    if (this.loading.peek().state !== 'loaded') await this.load();
    const { value } = this.loading;
    if (value.state === 'loaded' && value.lesson.steps.length > 0 && !this.disposed) await this.open();
  }

  /** Loads the lesson, with the progress there is; makes nothing on the server. */
  private async load(): Promise<void> {
    const before = this.loading.peek();
    // Who waits for the teacher to open it sees that, and no flicker.
    if (before.state !== 'failed' || before.problem.code !== 'not-open-yet') this.loading.value = { state: 'loading' };
    try {
      const [lesson, session] = await Promise.all([getLesson(this.slug), getSession()]);
      if (this.heard === 0 && this.opening.peek().state !== 'open' && session) this.take(session);
      this.loading.value = { state: 'loaded', lesson };
    } catch (error) {
      this.loading.value = { state: 'failed', problem: asProblem(error) };
    }
  }

  /** Opens the lesson: the server makes session and computer where there are none; then the link connects. */
  async open(): Promise<void> {
    this.opening.value = { state: 'opening' };
    try {
      await this.post(openLesson(this.slug));
      if (this.disposed) return;
      this.opening.value = { state: 'open' };
      for (const { link, screen } of this.terminals.all.peek()) {
        if (screen.peek()) link.connect();
        else link.prepare();
      }
    } catch (error) {
      for (const { link } of this.terminals.all.peek()) link.stop();
      this.opening.value = { state: 'failed', problem: asProblem(error) };
    }
  }

  /** Tries each line that is away now, and not later. */
  reconnect(): void {
    for (const { link } of this.terminals.all.peek()) if (link.state.peek().state === 'lost') link.connect();
  }

  /** Gives a terminal its screen; connects where the lesson is open already. */
  show({ link, screen: shown }: PageTerminal, screen: TerminalScreen): void {
    shown.value = screen;
    link.attach(screen);
    if (this.opening.peek().state === 'open') link.connect();
  }

  /** One more terminal, in front. */
  openTerminal = (): Promise<boolean> => {
    let opened = 0;
    return this.attempt(async () => {
      const { terminal, session } = await openTerminal();
      opened = terminal;
      return session;
    }).then((well) => {
      if (!well) return false;
      this.terminals.choose(opened);
      // The socket may have told of it first, and its screen be there already.
      this.focusTerminal();
      return true;
    });
  };
  closeTerminal = (terminal: number): Promise<boolean> => this.attempt(() => closeTerminal(terminal));

  /** Types a command and Return at the prompt, and leaves the learner there. Where nothing was typed it answers why. */
  runCommand(command: string): string | null {
    if (this.setup.peek()?.state === 'waiting') return texts.terminal.waiting.notYet;
    const screen = this.screen.peek();
    if (!screen || this.link.state.peek().state !== 'ready') return texts.command.away;
    if (!screen.atPrompt) {
      screen.focus();
      return texts.command.busy;
    }
    this.focusTerminal();
    screen.type(commandInput(command, screen.bracketedPaste));
    return null;
  }

  workOn = (step: string): Promise<boolean> => this.attempt(() => openStep(this.slug, step));
  skip = (step: string): Promise<boolean> => this.attempt(() => skipStep(this.slug, step));
  showSolution = (step: string): Promise<boolean> => this.attempt(() => showSolution(this.slug, step));
  extendTime = (): Promise<boolean> => this.attempt(extendTime);
  retrySetup = (): Promise<boolean> => this.attempt(() => retrySetup(this.slug));
  /** Whether it was stored. */
  report = (step: string, note: string): Promise<boolean> => this.attempt(() => reportCheck(this.slug, step, note));

  restart = (): Promise<boolean> =>
    this.attempt(async () => {
      const session = await restartLesson(this.slug);
      this.forget();
      return session;
    });

  /** The lesson begins anew. */
  forget(): void {
    this.verdicts.value = {};
    this.answers.clear();
  }

  /** False where no further hint fits; null where it could not be asked. */
  async takeHint(step: string): Promise<boolean | null> {
    const taken = () => this.progress.peek()?.hints[step]?.length ?? 0;
    const before = taken();
    return (await this.attempt(() => takeHint(this.slug, step))) ? taken() > before : null;
  }

  /** Gives an answer to a quiz; what came of it is then in `answers`. */
  answer(step: string, index: number, quiz: Quiz, answer: QuizAnswer): Promise<boolean> {
    return this.attempt(async () => {
      const { right, html, session } = await answerQuiz(this.slug, step, index, answer);
      this.answers.note(step, index, { right, html, lines: answerLines(quiz, answer) });
      return session;
    });
  }

  dispose(): void {
    this.disposed = true;
    this.terminals.dispose();
  }

  private linkTo(terminal: number): TerminalLink {
    return new TerminalLink(() => new WebSocket(socketUrl(terminal)), {
      // Each of them says it.
      onSession: (session) => {
        if (terminal !== 0) return;
        understood();
        this.heard += 1;
        this.take(session);
      },
      onMap: (message) => this.map.receive(message),
      onNoSession: () => {
        if (terminal === 0) void this.findSession();
      },
      onOutdated: reloadOnce,
    });
  }

  private async attempt(action: () => Promise<Session>): Promise<boolean> {
    this.failed.value = null;
    try {
      await this.post(action());
      return true;
    } catch (error) {
      this.failed.value = { problem: asProblem(error), retry: () => void this.attempt(action) };
      return false;
    }
  }

  private async post(request: Promise<Session>): Promise<void> {
    const { heard } = this;
    const session = await request;
    if (this.heard === heard) this.take(session);
  }

  private take(session: Session): void {
    this.session.value = session;
    if (session.mishap !== this.seenMishap.peek()) this.seenMishap.value = null;
    this.terminals.sync(session.terminals);
    if (session.lesson === this.slug) this.verdicts.value = recordVerdict(this.verdicts.peek(), session.verdict);
  }

  private async findSession(): Promise<void> {
    const session = await getSession().catch(() => undefined);
    // Without an answer the link goes on trying by itself.
    if (session === undefined || this.disposed) return;
    if (session?.lesson !== this.slug) await this.open();
  }
}

// A small course of a test's own, in a folder that goes with the test.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The front of a lesson.md of a test; `more`: further keys, a line each. */
export const front = (title: string, more = '') =>
  `---\ntitle: ${title}\nsummary: A lesson of a test, in one sentence.\nminutes: 5\n${more}---\n\n`;

/** A step that passes when this command has run. */
export const commandStep = (title: string, line: string) =>
  `## ${title}\n\n\`\`\`sh\n${line}\n\`\`\`\n\n\`\`\`check\n- command: {run: ["${line}"]}\n\`\`\`\n\n`;

/** A lesson without a set-up, and with nothing to do in the terminal. */
export const NOTHING = `${front('Nothing')}Look.

## Choose

\`\`\`quiz
type: typed
question: What is 6 times 7?
answer: "42"
why: Count again.
\`\`\`
`;

export class TestCourse implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'slipway-course-'));

  /** `lessons`: folder name, `01-first`, → text of its lesson.md. */
  constructor(lessons: Readonly<Record<string, string>>, glossary = '') {
    for (const [folder, text] of Object.entries(lessons)) {
      mkdirSync(join(this.dir, folder));
      writeFileSync(join(this.dir, folder, 'lesson.md'), text);
    }
    if (glossary) writeFileSync(join(this.dir, 'glossary.md'), glossary);
  }

  get args(): string[] {
    return ['--lessons-dir', this.dir];
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

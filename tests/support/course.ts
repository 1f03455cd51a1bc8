// A small course of a test's own, in a folder that goes with the test.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

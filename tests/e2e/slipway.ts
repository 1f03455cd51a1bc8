// What every browser test starts from: a server of its own, and a page that types in the terminal.

import { test as base, expect, type Page } from '@playwright/test';
import { TestServer } from '../support/server.ts';

type OfTheWorker = {
  /** The course that the server has. */
  lessonsDir: string;
  server: TestServer;
};

/** A learner keeps a computer for as long as the server runs, and each test has a learner or two: more than there are tests. */
const MAX_SANDBOXES = '200';

export const test = base.extend<{ terminal: Terminal }, OfTheWorker>({
  lessonsDir: ['lessons', { option: true, scope: 'worker' }],
  server: [
    async ({ lessonsDir }, use) => {
      await using server = await TestServer.start({
        args: ['--max-sandboxes', MAX_SANDBOXES, '--lessons-dir', lessonsDir],
        // The next one is made while a page is looked at.
        stock: 1,
      });
      await use(server);
    },
    { scope: 'worker', timeout: 10 * 60_000 },
  ],
  terminal: async ({ page }, use) => {
    await use(new Terminal(page));
  },
});
export { expect };

export class Terminal {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  async ready(): Promise<void> {
    await expect(this.#page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'ready', { timeout: 60_000 });
  }

  /** Types a command on the keyboard; on a small page the terminal is brought to the front first. */
  async run(command: string): Promise<void> {
    await showPane(this.#page, 'Terminal');
    await this.#page.locator('.xterm-helper-textarea').focus();
    await this.#page.keyboard.type(command);
    await this.#page.keyboard.press('Enter');
  }
}

/** Brings a pane of a small page to the front; a large one shows all of them. */
export async function showPane(page: Page, name: 'Lesson' | 'Terminal' | 'Map'): Promise<void> {
  const tab = page.locator('.pane-tabs').getByRole('button', { name, exact: true });
  if (await tab.isVisible()) await tab.click();
}

export const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);

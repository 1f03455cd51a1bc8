// What every browser test starts from: a server of its own, and a page that types in the terminal.

import { test as base, expect, type Page } from '@playwright/test';
import { TestServer } from '../support/server.ts';

type OfTheWorker = {
  /** The course that the server has. */
  lessonsDir: string;
  server: TestServer;
};

export const test = base.extend<{ terminal: Terminal }, OfTheWorker>({
  lessonsDir: ['lessons', { option: true, scope: 'worker' }],
  server: [
    async ({ lessonsDir }, use) => {
      await using server = await TestServer.start({ args: ['--max-sandboxes', '40', '--lessons-dir', lessonsDir] });
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
    await expect(this.#page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'ready', { timeout: 30_000 });
  }

  /** Types a command on the keyboard. */
  async run(command: string): Promise<void> {
    await this.#page.locator('.xterm-helper-textarea').focus();
    await this.#page.keyboard.type(command);
    await this.#page.keyboard.press('Enter');
  }
}

export const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);

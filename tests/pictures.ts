// `npm run pictures`: draws docs/images anew, each main view of the page as a learner has it after a few commands.

import { mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { ensurePage } from '../server/http/page.ts';
import { createProgress } from '../server/progress.ts';
import { TestServer } from './support/server.ts';

const FOLDER = 'docs/images';
const LESSON = '/lessons/the-round-trip';
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const DEADLINE_MS = 60_000;

await ensurePage(createProgress());
mkdirSync(FOLDER, { recursive: true });
await using server = await TestServer.start();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  await draw(browser);
} finally {
  await browser.close();
}

async function draw(browser: Browser): Promise<void> {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(server.url + LESSON);
  await page.locator('[data-terminal="ready"]').waitFor({ timeout: DEADLINE_MS });
  await run(page, 'docker pull nginx:latest');
  await page.locator('[data-step="pull-nginx"][data-state="passed"]').waitFor({ timeout: DEADLINE_MS });
  await run(page, 'docker tag nginx:latest localhost:5000/mynginx:1.0');
  await page.locator('.verdict', { hasText: 'Done in the terminal' }).waitFor({ timeout: DEADLINE_MS });
  await run(page, 'docker push localhost:5000/mynginx:1.0');
  await page.locator('.map-transfer', { hasText: 'Pushed to' }).waitFor({ timeout: DEADLINE_MS });
  await picture(page, 'lesson');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('Control+Shift+K');
  await page.locator('.palette input').fill('map');
  await picture(page, 'palette-dark');
  await page.keyboard.press('Escape');
  await page.setViewportSize(PHONE);
  for (const pane of ['Lesson', 'Terminal', 'Map']) {
    await page.locator('.pane-tabs').getByRole('button', { name: pane, exact: true }).click();
    await picture(page, `phone-${pane.toLowerCase()}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
  for (const [path, name] of [
    ['/', 'overview'],
    ['/cheat-sheet', 'cheat-sheet'],
  ] as const) {
    await page.goto(server.url + path);
    await page.locator('.lesson-list, .cheat-group').first().waitFor({ timeout: DEADLINE_MS });
    await picture(page, name);
  }
}

async function picture(page: Page, name: string): Promise<void> {
  // What came last has been drawn.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' });
}

async function run(page: Page, command: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}

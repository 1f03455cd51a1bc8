// What hands do to the terminal: input methods, selecting, zoom; on a phone its keys, its keyboard and its little room.

import { expect, test } from './slipway.ts';
import { choose, isClean, mark, menu, open, paste, screen, sideways } from './terminal-page.ts';

test('input methods, wide characters and zoom: the cursor is where the shell thinks', async ({
  page,
  server,
  terminal,
}) => {
  await open(page, server.url, terminal);
  const devtools = await page.context().newCDPSession(page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('echo ');
  await devtools.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await expect(page.locator('.composition-view')).toHaveText('にほ');
  await devtools.send('Input.insertText', { text: '日本' });
  await page.keyboard.press('Enter');
  await expect(mark(page, /^echo 日本: exit code 0/)).toBeVisible();
  await expect(screen(page)).not.toContainText('にほ');

  // Where their widths differ, readline writes over the wrong columns.
  await paste(page, 'echo 日ｗ🥲🫠e\u0301👨‍👩‍👧한a');
  await page.keyboard.press('Home');
  await page.keyboard.type(': ');
  await page.keyboard.press('End');
  for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('End');
  await page.keyboard.type('z');
  await expect(page.locator('.xterm-rows > div', { hasText: '# : echo ' })).toHaveText(
    /# : echo 日ｗ🥲🫠e\u0301👨‍👩‍한az\s*$/,
  );
  await page.keyboard.press('Control+C');

  // Ctrl and plus: fewer CSS pixels, more dots each.
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    width: 960,
    height: 600,
    deviceScaleFactor: 1.5,
    mobile: false,
  });
  const rows = page.locator('.xterm-rows > div');
  await expect.poll(() => rows.count()).toBeLessThan(32);
  const box = async (selector: string) => {
    const found = await page.locator(selector).first().boundingBox();
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  await terminal.run('clear; stty size');
  await expect(rows.first()).toHaveText(new RegExp(`^${await rows.count()} \\d+\\s*$`));
  const [area, drawn] = [await box('.terminal-host'), await box('.xterm-screen')];
  expect(drawn.y + drawn.height).toBeLessThanOrEqual(area.y + area.height);
  expect(drawn.x + drawn.width).toBeLessThanOrEqual(area.x + area.width);
});

test('what is selected is copied by keys, by the right button, or at once', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, server.url, terminal);
  await terminal.run('clear; echo one_two three');
  const row = page.locator('.xterm-rows > div').getByText(/^one_two three/);
  const place = async () => {
    const box = await row.boundingBox();
    if (!box) throw new Error('no row');
    return { x: box.x + 12, y: box.y + box.height / 2 };
  };
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  const { x, y } = await place();
  await page.mouse.dblclick(x, y);
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(clipboard).toBe('one_two');
  await page.mouse.click(x, y, { clickCount: 3 });
  await page.mouse.click(x, y, { button: 'right' });
  await isClean(page);
  await menu(page).getByRole('menuitem', { name: /^Copy/ }).click();
  await expect.poll(clipboard).toBe('one_two three');
  await page.mouse.click(x, y, { button: 'right' });
  await menu(page)
    .getByRole('menuitem', { name: /^Paste/ })
    .click();
  await expect(screen(page)).toContainText('~# one_two three');
  await page.keyboard.press('Control+U');

  await page.evaluate(`addEventListener('contextmenu', (event) => {
    document.body.dataset.own = String(event.defaultPrevented);
    event.preventDefault();
  })`);
  await page.keyboard.down('Shift');
  await page.mouse.click(x, y, { button: 'right' });
  await page.keyboard.up('Shift');
  await expect(page.locator('body')).toHaveAttribute('data-own', 'false');
  await expect(menu(page)).toHaveCount(0);

  // The wheel scrolls what has the whole screen.
  await terminal.run('seq 300 | less');
  await expect(page.locator('.xterm-rows > div').first()).toHaveText(/^1\s*$/);
  await page.mouse.move(x, y + 60);
  await page.mouse.wheel(0, 120);
  await expect(page.locator('.xterm-rows > div').first()).not.toHaveText(/^1\s*$/);
  await page.keyboard.press('q');
  await expect(row).toBeVisible();

  await choose(page, /^Settings/);
  await page.getByLabel('Copy by selecting').check();
  await page.keyboard.press('Escape');
  await page.mouse.dblclick(x, y);
  await expect.poll(clipboard).toBe('one_two');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('its keys reach the program, its keyboard leaves room, and several terminals fit', async ({
    page,
    server,
    terminal,
  }) => {
    // Chromium here has no keyboard to show: this is what Safari tells of its own.
    await page.addInitScript(`{
      const view = Object.assign(new EventTarget(), { height: innerHeight, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: view });
    }`);
    await open(page, server.url, terminal);
    const key = (name: string) =>
      page.getByRole('toolbar', { name: 'Terminal keys' }).getByRole('button', { name, exact: true });
    const input = page.locator('.xterm-helper-textarea');
    await terminal.run('cat -v');
    await expect(mark(page, /^cat -v: still running/)).toBeVisible();
    for (const name of ['Esc', 'Up', 'Down', 'Left', 'Right', 'Pipe', 'Slash', 'Tab']) await key(name).tap();
    await page.keyboard.press('Enter');
    await expect(screen(page)).toContainText('^[^[[A^[[B^[[D^[[C|/');
    await expect(input).toBeFocused();
    const ctrl = key('Ctrl, for the next key');
    await ctrl.tap();
    await expect(ctrl).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('c');
    await expect(mark(page, /^cat -v: exit code 130/)).toBeVisible();
    await expect(ctrl).toHaveAttribute('aria-pressed', 'false');

    const keyboard = (height: number) =>
      page.evaluate(`visualViewport.height = ${height}; visualViewport.dispatchEvent(new Event('resize'))`);
    await keyboard(508);
    const bottom = async () => {
      const box = await page.locator('.lesson-page').boundingBox();
      return box ? Math.round(box.y + box.height) : 0;
    };
    await expect.poll(bottom).toBe(508);
    await expect(page.locator('.top-bar')).not.toBeVisible();
    await expect(page.locator('.touch-keys')).toBeInViewport({ ratio: 1 });
    await expect.poll(() => page.locator('.xterm-rows > div').count()).toBeLessThan(24);
    await terminal.run('seq 200; stty size');
    await expect(page.locator('.xterm-rows > div').last()).toBeInViewport({ ratio: 1 });
    await isClean(page);
    await keyboard(844);
    const devtools = await page.context().newCDPSession(page);
    const swipe = (yDistance: number) =>
      devtools.send('Input.synthesizeScrollGesture', { x: 150, y: 300, yDistance, gestureSourceType: 'touch' });
    const firstRow = page.locator('.xterm-rows > div').first();
    const before = Number(await firstRow.textContent());
    await swipe(120);
    await expect.poll(async () => Number(await firstRow.textContent())).toBeLessThan(before - 3);
    await terminal.run('seq 300 | less');
    await expect(firstRow).toHaveText(/^1\s*$/);
    await swipe(-80);
    await expect.poll(async () => Number(await firstRow.textContent())).toBeGreaterThan(2);
    await page.keyboard.press('q');
    await expect.poll(bottom).toBe(844);
    await expect(page.locator('.top-bar')).toBeVisible();

    await page.setViewportSize({ width: 320, height: 640 });
    await expect(key('Slash')).toBeInViewport({ ratio: 1 });
    await choose(page, 'New terminal');
    await choose(page, 'New terminal');
    const tabs = page.locator('.terminal-tabs');
    await expect(tabs.getByRole('button', { name: 'Terminal 3', exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.terminal-view:not([inert])')).toContainText('~#');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await isClean(page);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    }
  });
});

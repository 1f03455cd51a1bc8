// The terminal as people expect it: marks of commands, search, paste, look, harmless output, downloads.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from './slipway.ts';
import { choose, isClean, mark, menu, notice, open, paste, screen } from './terminal-page.ts';

test('each command has a mark that tells its end, also after a reload; a printed file makes none', async ({
  page,
  server,
  terminal,
}) => {
  await open(page, server.url, terminal);
  await terminal.run('echo ühm; sleep 1.2');
  await expect(mark(page, /^echo ühm; sleep 1\.2: exit code 0, took 1\.\d s$/)).toBeVisible();
  await terminal.run('(exit 7)');
  await expect(mark(page, /^\(exit 7\): exit code 7, took 0\.\d\d s$/)).toHaveAttribute('data-end', 'failed');
  await terminal.run(`printf '\\e]633;E;rm -rf;x\\a\\e]633;C;1;x\\aforged\\n\\e]633;D;0;2;x\\a'`);
  await expect(mark(page, /^printf/)).toBeVisible();
  await expect(mark(page, /rm -rf:/)).toHaveCount(0);
  await expect(page.locator('.command-remark')).toHaveText([/^1\.\d s$/, 'exit code 7']);
  await page.reload();
  await terminal.ready();
  await expect(mark(page, /^echo ühm; sleep 1\.2: exit code 0, took 1\.\d s$/)).toBeVisible();
  await terminal.run('cat');
  await expect(mark(page, /^cat: still running$/)).toBeVisible();
  await page.keyboard.press('Control+C');
  await expect(mark(page, /^cat: exit code 130/)).toBeVisible();
  await isClean(page);
});

test('keys lead from command to command, and a command is copied and run again, also over plain http', async ({
  page,
  server,
  terminal,
}) => {
  await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  await open(page, server.url, terminal);
  await terminal.run('seq 100 300');
  // What is typed before its end is printed among its output.
  await expect(screen(page)).toContainText(/300\s*root@/);
  await terminal.run('echo the last');
  await expect(mark(page, /^echo the last: exit/)).toBeVisible();
  await expect(mark(page, /^seq 100 300/)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+ArrowUp');
  await expect(mark(page, /^echo the last/)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(mark(page, /^seq 100 300/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu(page)).toContainText('seq 100 300');
  await page.keyboard.press('Escape');
  await expect(mark(page, /^seq 100 300/)).toBeFocused();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'Copy output' }).click();
  await expect(notice(page)).toHaveText('Copied.');
  // What was copied, as a program gets it: 201 lines, so the page asks first.
  await terminal.run('wc -l');
  await page.keyboard.press('Control+Shift+V');
  await expect(page.getByRole('dialog')).toContainText('Paste 201 lines?');
  await page.getByRole('dialog').getByRole('button', { name: 'Paste' }).click();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+D');
  await expect(screen(page)).toContainText('300201');
  await terminal.run('echo the last');
  await mark(page, /^echo the last/).click();
  await menu(page).getByRole('menuitem', { name: 'Run again' }).click();
  await expect(mark(page, /^echo the last: exit/)).toHaveCount(2);
  // The menu's paste may not read the clipboard here, and asks for the keys.
  await mark(page, /^echo the last/)
    .first()
    .click();
  await menu(page).getByRole('menuitem', { name: 'Copy command' }).click();
  await choose(page, /^Paste/);
  await expect(page.getByRole('dialog', { name: 'Paste into the terminal' })).toContainText('Ctrl+V');
  await isClean(page);
  await page.keyboard.press('Control+V');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(mark(page, /^echo the last: exit/)).toHaveCount(3);
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowUp');
  await expect(mark(page, /^echo the last: exit/).last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Control+Shift+L');
  await expect(page.locator('#lesson')).toBeFocused();
});

test('the scrollback is searched', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  await terminal.run('for n in 1 2 3; do echo nee""dle $n; seq 60; done');
  await expect(screen(page)).toContainText('5960root');
  await expect(mark(page, /^for n/)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('needle');
  const found = page.locator('.terminal-found');
  await expect(found).toHaveText('3 of 3');
  await expect(screen(page)).toContainText('needle 3');
  await page.keyboard.press('Enter');
  await expect(found).toHaveText('2 of 3');
  await expect(screen(page)).toContainText('needle 2');
  // They are marked in the colours of the scheme that the page has now.
  const marked = page.locator('.xterm-find-result-decoration, .xterm-find-active-result-decoration').first();
  for (const [colorScheme, border] of [
    ['light', 'rgb(150, 66, 15)'],
    ['dark', 'rgb(242, 181, 107)'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(marked).toHaveCSS('outline-color', border);
    await expect(found).toHaveText('2 of 3');
  }
  await page.getByRole('button', { name: 'Further down' }).click();
  await expect(found).toHaveText('3 of 3');
  await isClean(page);
  await page.locator('.terminal-search input').fill('not there');
  await expect(found).toHaveText('Not found');
  await page.keyboard.press('Escape');
  await expect(page.locator('.terminal-search')).toHaveCount(0);
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
});

test('many lines are pasted only after a question, and none of them is a key', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  await paste(page, 'echo not\x1b[201~\recho yet\x03');
  await expect(screen(page)).toContainText('echo not[201~');
  await expect(mark(page, /./)).toHaveCount(0);
  await page.keyboard.press('Control+C');
  const lines = Array.from({ length: 12 }, (_, n) => `echo line ${n}`).join('\n');
  await paste(page, lines);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Paste 12 lines?');
  await isClean(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(screen(page)).not.toContainText('line 11');
  await paste(page, lines);
  await dialog.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(screen(page)).toContainText('echo line 11');
  await expect(mark(page, /./)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(mark(page, /^echo line 11: exit code 0/)).toBeVisible();
});

test('a megabyte is pasted whole and in order', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  const text = Array.from({ length: 16_384 }, (_, n) => `${n} `.padEnd(63, 'ü')).join('\n');
  await terminal.run('stty -echo; cat > pasted; stty echo');
  await expect(mark(page, /still running$/)).toBeVisible();
  await paste(page, text);
  await page.getByRole('dialog').getByRole('button', { name: 'Paste', exact: true }).click();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+D');
  await expect(mark(page, /^stty .*: exit code 0/)).toBeVisible({ timeout: 60_000 });
  await terminal.run('sha256sum pasted');
  await expect(screen(page)).toContainText(createHash('sha256').update(`${text}\n`).digest('hex'));
});

test('size, colours and screen reader mode are remembered', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  await choose(page, /^Settings/);
  const dialog = page.getByRole('dialog', { name: 'Terminal' });
  await expect(dialog).toContainText('Ctrl+Shift+L');
  await dialog.getByRole('button', { name: 'Larger text' }).click({ clickCount: 4 });
  await dialog.getByLabel('Colours').selectOption('contrast');
  await dialog.getByLabel('Screen reader mode').check();
  await dialog.getByLabel('Copy by selecting').check();
  await expect(dialog.getByRole('status')).toHaveText('18');
  await isClean(page);
  await page.reload();
  await terminal.ready();
  await expect(page.locator('.terminal-area')).toHaveAttribute('data-scheme', 'contrast');
  await expect(page.locator('.xterm-scrollable-element')).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  await terminal.run('echo read""able');
  await expect(page.locator('.xterm-accessibility')).toContainText('readable');
  await expect(page.locator('.xterm .live-region')).toContainText('readable');
  await isClean(page);
  await choose(page, /^Settings/);
  await expect(dialog.getByLabel('Copy by selecting')).toBeChecked();
  // As the page is, and as the system wants it.
  await dialog.getByLabel('Colours').selectOption('page');
  for (const [scheme, media] of [
    ['light', { colorScheme: 'light', contrast: 'no-preference' }],
    ['dark', { colorScheme: 'dark', contrast: 'no-preference' }],
    ['contrast', { colorScheme: 'dark', contrast: 'more' }],
  ] as const) {
    await page.emulateMedia(media);
    await expect(page.locator('.terminal-area')).toHaveAttribute('data-scheme', scheme);
    await isClean(page);
  }
});

test('output changes neither title nor clipboard, draws no picture, and its links lead only to the web', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, server.url, terminal);
  const title = await page.title();
  await page.evaluate("navigator.clipboard.writeText('mine')");
  await terminal.run(
    `printf '\\e]0;owned\\a\\e]52;c;b3duZWQ=\\a\\e[21t\\e]8;;javascript:document.title=1\\aclick me\\e]8;;\\a\\n'`,
  );
  await expect(mark(page, /^printf/)).toHaveAttribute('data-end', 'well');
  await terminal.run(`printf '\\e]1337;File=inline=1:iVBORw0KGgo=\\a\\ePq#0;2;100;0;0#0~~~~\\e\\\\no picture\\n'`);
  await expect(page.locator('.xterm-rows > div').getByText(/^no picture\s*$/)).toBeVisible();
  await expect(page.locator('.xterm img, .xterm-image-layer')).toHaveCount(0);
  await terminal.run('echo http://localhost:1/there');
  await expect(mark(page, /^echo http/)).toBeVisible();
  const opened: string[] = [];
  await context.route('http://localhost:1/**', async (route) => {
    opened.push(route.request().url());
    await route.fulfill({ body: String(await route.request().headerValue('referer')) });
  });
  const click = async (text: string) => {
    const row = page.locator('.xterm-rows > div', { hasText: text }).last();
    const box = await row.boundingBox();
    if (!box) throw new Error(`no ${text}`);
    await page.mouse.move(box.x + 30, box.y + box.height / 2);
    await page.mouse.move(box.x + 32, box.y + box.height / 2);
    await page.waitForTimeout(300);
    await page.mouse.click(box.x + 32, box.y + box.height / 2);
  };
  await click('click me');
  const popup = page.waitForEvent('popup');
  await click('http://localhost:1/there');
  const other = await popup;
  await expect(other.locator('body')).toHaveText('null');
  expect(await other.evaluate('window.opener')).toBeNull();
  expect(opened).toEqual(['http://localhost:1/there']);
  expect(context.pages()).toHaveLength(2);
  await other.close();
  // Without a pointer: from the command's menu.
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+ArrowUp');
  await page.keyboard.press('Enter');
  const again = page.waitForEvent('popup');
  await menu(page).getByRole('menuitem', { name: 'Open http://localhost:1/there' }).press('Enter');
  await (await again).close();
  expect(await page.title()).toBe(title);
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('mine');
});

test('what the terminal showed is downloaded as text and as a recording, without the secret of its marks', async ({
  page,
  server,
  terminal,
}) => {
  await open(page, server.url, terminal);
  await terminal.run('echo k""ept; seq 200');
  await expect(mark(page, /./)).toHaveCount(0);
  await expect(screen(page)).toContainText('200');
  const saved = async (item: string) => {
    const download = page.waitForEvent('download');
    await choose(page, item);
    const file = await download;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };
  const text = await saved('Save all as text');
  expect(text.name).toMatch(/^slipway-what-is-a-registry-\d{4}-\d\d-\d\d\.txt$/);
  expect(text.text).toMatch(/echo k""ept; seq 200\nkept\n1\n2\n/);
  const cast = await saved('Save all as recording');
  const [header, ...events] = cast.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  // https://docs.asciinema.org/manual/asciicast/v2/
  expect(header).toMatchObject({ version: 2, width: expect.any(Number), height: expect.any(Number) });
  let last = 0;
  for (const event of events) {
    expect(event).toEqual([expect.any(Number), expect.stringMatching(/^[or]$/), expect.any(String)]);
    expect(event[0]).toBeGreaterThanOrEqual(last);
    last = event[0];
  }
  expect(events.map(([, kind, data]) => (kind === 'o' ? data : '')).join('')).toContain('kept\r\n1\r\n');
  expect(cast.text).not.toContain(']633');
  // What a program leaves when it is killed: other characters, the mouse, no echo, lines that do not return.
  await terminal.run("printf '\\e(0\\e[?1000h\\e[?25l\\e[7m'; stty -echo -opost");
  await terminal.run('echo');
  // While a program runs, a reset types nothing.
  await expect(mark(page, /^echo: exit code 0/)).toBeVisible();
  await choose(page, 'Reset');
  await expect(screen(page)).not.toContainText('200');
  await terminal.run('echo again; stty');
  await expect(mark(page, /^echo again; stty: exit code 0/)).toBeVisible();
  await expect(screen(page)).toContainText('echo again; stty');
  await expect(screen(page)).not.toContainText('-echo');
  await expect(page.locator('.xterm')).not.toHaveClass(/enable-mouse-events/);
  await choose(page, 'Clear');
  await expect(screen(page)).not.toContainText('again');
});

test('the bell flashes', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  await expect(page.locator('.bell-flash')).toHaveCount(0);
  await terminal.run(`printf '\\a'`);
  await expect(page.locator('.bell-flash')).toHaveCount(1);
});

test('files are dropped, chosen and fetched', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  const target = page.locator('.terminal-area');
  const files = await page.evaluateHandle(`{
    const files = new DataTransfer();
    files.items.add(new File(['FROM nginx\\n'], 'Dockerfile'));
    files.items.add(new File(['b'], 'b c.txt'));
    files;
  }`);
  await target.dispatchEvent('dragover', { dataTransfer: files });
  await expect(page.locator('.drop-target')).toBeVisible();
  await target.dispatchEvent('drop', { dataTransfer: files });
  await expect(notice(page)).toHaveText('In your home folder now: Dockerfile and b c.txt.');
  await terminal.run('cat ~/Dockerfile ~/b\\ c.txt');
  await expect(screen(page)).toContainText('FROM nginxb');
  const chooser = page.waitForEvent('filechooser');
  await choose(page, /^Upload/);
  await (await chooser).setFiles([
    { name: 'Dockerfile', mimeType: '', buffer: Buffer.from('other') },
    { name: 'late', mimeType: '', buffer: Buffer.from('') },
  ]);
  await expect(notice(page)).toContainText('There is a file ~/Dockerfile already.');
  await page.route('**/api/file?path=*slow', async (route) => {
    await expect(notice(page)).toHaveText(/^Sending slow: \d+ ?%$/);
    await route.continue();
  });
  const second = page.waitForEvent('filechooser');
  await choose(page, /^Upload/);
  await (await second).setFiles([
    { name: 'slow', mimeType: '', buffer: Buffer.from('s') },
    { name: 'large', mimeType: '', buffer: Buffer.alloc(1024 * 1024) },
  ]);
  await expect(notice(page)).toContainText('In your home folder now: slow. large is too large: less than 1 MiB');
  await choose(page, /^Download a file/);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path').fill('nothing');
  await dialog.getByRole('button', { name: 'Download' }).click();
  await expect(dialog.getByRole('alert')).toContainText('There is no file ~/nothing');
  await isClean(page);
  await dialog.getByLabel('Path').fill('Dockerfile');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Dockerfile');
  expect(readFileSync(await file.path(), 'utf8')).toBe('FROM nginx\n');
  await expect(dialog).toHaveCount(0);
});

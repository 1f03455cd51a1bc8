// The map in a real browser, through a short way of one image: what hangs on what, what stands where, by keys alone, as
// tables, and on a phone.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Retold } from './retold.ts';
import { expect, test } from './slipway.ts';

const LESSON = '/lessons/the-round-trip';
const HOST = 'localhost:5000';
const side = (page: Page, name: string) => page.locator('#map').getByRole('region', { name, exact: true });
const engine = (page: Page) => side(page, 'Your engine');
const registry = (page: Page) => side(page, `Registry ${HOST}`);
const card = (within: Locator, label: string) =>
  within.locator('.map-card').filter({ has: within.page().getByRole('button', { name: label, exact: true }) });
/** What each layer is drawn in, by the custom property that says so. */
const coloursOf = (stack: Locator) =>
  stack.locator('.map-layer').evaluateAll((layers) => layers.map((layer) => layer.getAttribute('style') ?? ''));

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('#map').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

test('an image is seen on its way: labels, layers, wires, and what becomes of them', async ({
  page,
  server,
  terminal,
}) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await expect(registry(page)).toContainText('Nothing was pushed yet');

  await terminal.run('docker pull nginx');
  const image = card(engine(page), 'nginx:latest');
  await expect(image).toBeVisible();
  await terminal.run(`docker tag nginx ${HOST}/web:1 && docker push ${HOST}/web:1`);
  // Each layer has gone from the engine's end to the registry's.
  const lane = page.locator('.map-transfer[data-verb="push"] .map-lane[data-layer="done"]').first();
  const endOf = async (part: string) => {
    const box = await lane.locator(part).boundingBox();
    return Math.round((box?.x ?? 0) + (box?.width ?? 0));
  };
  await expect.poll(async () => (await endOf('.map-parcel')) - (await endOf('.map-track'))).toBe(0);
  const manifest = card(registry(page), '1');
  await expect(manifest).toBeVisible();
  await expect(page.locator('.map-transfer')).toContainText(`Pushed to ${HOST}/web`);
  await expect(page.locator('.map-changes')).toContainText(`${HOST}/web:1 points at sha256:`);

  // The same layers have the same colours in both stores, and a wire joins the two stacks.
  const colours = await coloursOf(image);
  expect(new Set(colours).size).toBe(colours.length);
  expect(await coloursOf(manifest)).toEqual(colours);
  await expect(page.locator('.map-wires path')).toHaveCount(1);
  const [from, wire, to] = await Promise.all(
    [image.locator('.map-stack'), page.locator('.map-wires path'), manifest.locator('.map-stack')].map((one) =>
      one.boundingBox(),
    ),
  );
  expect(Math.abs((wire?.x ?? 0) - (from?.x ?? 0) - (from?.width ?? 0))).toBeLessThan(6);
  expect(Math.abs((wire?.x ?? 0) + (wire?.width ?? 0) - (to?.x ?? 0))).toBeLessThan(6);

  // A second tag: one more label, no other card, nothing moved.
  await terminal.run(`docker tag nginx ${HOST}/web:2 && docker push ${HOST}/web:2`);
  await expect(card(registry(page), '2').getByRole('button', { name: '1', exact: true })).toBeVisible();
  await expect(registry(page).locator('.map-card')).toHaveCount(1);
  await expect(page.locator('.map-lane[data-layer="exists"]')).toHaveCount(colours.length);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await noViolations(page);
  }

  // Removing a name takes a label off; the image stays until its last one goes.
  await terminal.run(`docker rmi ${HOST}/web:2`);
  await expect(page.locator('.map-changes')).toContainText(`Untagged: ${HOST}/web:2`);
  await expect(image).toBeVisible();
  await terminal.run(`docker rmi nginx ${HOST}/web:1`);
  await expect(page.locator('.map-changes')).toContainText('Deleted: image');
  await expect(image).toHaveCount(0);
  await expect(manifest).toBeVisible();
  expect(errors).toEqual([]);
});

test('by keys alone to what a tag points at, and to its JSON', async ({ page, server, terminal }) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto(`${server.url}/lessons/ask-the-registry`);
  await terminal.ready();
  const label = registry(page).locator('.map-label').first();
  await expect(label).toBeVisible();
  await page.getByRole('link', { name: 'Skip to the map' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Filter the map by name or digest' }).focus();
  // Past the bar one Tab leads to the map, and arrow keys through it.
  for (let tabs = 0; tabs < 5; tabs++) await page.keyboard.press('Tab');
  await expect(page.locator('[data-item]:focus')).toHaveCount(1);
  await page.keyboard.press('End');
  const focused = label.and(page.locator(':focus'));
  for (let keys = 0; keys < 40 && (await focused.count()) === 0; keys++) await page.keyboard.press('ArrowUp');
  await expect(label).toBeFocused();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('heading')).toBeFocused();
  await expect(details).toContainText('is a label on a manifest');
  await expect(details).toContainText('sha256:');
  await noViolations(page);
  await details.getByRole('button', { name: 'See as JSON' }).focus();
  await page.keyboard.press('Enter');
  await expect(details.locator('pre')).toContainText('"schemaVersion": 2');
  await expect(details).toContainText('curl -s -H');
  await page.keyboard.press('Escape');
  await expect(label).toBeFocused();

  await page.getByRole('button', { name: 'Tables' }).click();
  await expect(page.getByRole('table', { name: `Manifests in Registry ${HOST}` }).getByRole('row')).not.toHaveCount(1);
  await noViolations(page);
});

test('a registry with a lock and an engine that is away are told; whatever things are called stays text', async ({
  page,
  server,
  terminal,
}) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  const retold = await Retold.of(page);
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const markup = '<img src=x onerror=document.title=1>';
  await terminal.run(`docker commit -c 'LABEL note="${markup}"' $(docker create --name made alpine) labelled`);
  await card(engine(page), 'labelled:latest').locator('.map-head').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'See as JSON' }).click();
  await expect(details.locator('pre')).toContainText(markup);
  await expect(details.getByRole('link', { name: 'Image', exact: true })).toHaveAttribute('href', '/glossary#image');
  await page.keyboard.press('Escape');

  // What no engine lets pass, and a false one or a false registry may say.
  const place = { host: 'localhost:5001', repository: `${markup}/r` };
  const digest = `sha256:${'0'.repeat(64)}`;
  const locked = { kind: 'registry', state: 'login-required', asksLogin: true, more: 0 } as const;
  retold.map(
    { kind: 'engine', state: 'away', more: 0 },
    { kind: 'container', id: 'c', name: markup, image: markup, imageId: 'i', state: markup, ports: [] },
    { kind: 'image', id: 'i', tags: [`${markup}:1`], digests: [], bytes: 1, layers: null, platform: markup },
    { ...locked, host: 'localhost:5001', state: 'up', login: { user: markup } },
    { kind: 'repository', host: place.host, name: place.repository },
    { kind: 'tag', ...place, name: `${markup}-tag`, digest },
    { ...locked, host: 'localhost:5002', login: null },
    { ...locked, host: 'localhost:5003', login: { user: 'learner' } },
  );
  await expect(engine(page)).toContainText('Your engine does not answer just now; what is drawn is how it was.');
  await expect(page.locator('.map-changes')).toContainText('Your engine does not answer');
  const tag = side(page, 'Registry localhost:5001').getByRole('button', { name: `${markup}-tag` });
  await expect(tag).toBeVisible();
  await expect(side(page, 'Registry localhost:5001')).toContainText(`you are logged in as ${markup}`);
  await expect(side(page, 'Registry localhost:5002')).toContainText('asks for a login; you are not logged in');
  await expect(side(page, 'Registry localhost:5002')).toContainText('It asks for a login before it shows anything.');
  await expect(side(page, 'Registry localhost:5003')).toContainText('the map cannot look inside');
  await tag.click();
  await expect(details.getByRole('heading')).toHaveText(`localhost:5001/${markup}/r:${markup}-tag`);
  await noViolations(page);
  await page.getByRole('button', { name: 'Tables' }).click();
  await expect(page.getByRole('table', { name: /localhost:5001/ })).toContainText(`${markup}-tag`);
  await expect(page.locator('#map img')).toHaveCount(0);
  await expect(page).not.toHaveTitle('1');
  expect(errors).toEqual([]);
});

test('on a phone it is one of three panes, one at a time', async ({ page, server, terminal }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await expect(page.locator('#map')).toHaveCount(0);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(engine(page)).toBeVisible();
  await expect(page.locator('.xterm')).not.toBeVisible();
  await noViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await expect(page.locator('.xterm')).toBeVisible();
});

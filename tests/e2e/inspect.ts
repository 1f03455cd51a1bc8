// What a page must never do, whatever it shows: leave a text out of the catalogue, cut one off, grow wider than the window, or break a
// rule of WCAG 2.2 AA.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { cutOff, textsOutsideOfCatalogue } from './in-page.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1440, height: 900 };
/** The wide one at 200 %. */
const ZOOMED = { width: 720, height: 450 };
/** A phone, and 1280 pixels at 400 %. */
const NARROW = [
  { width: 390, height: 780 },
  { width: 320, height: 640 },
] as const;
/** What depends on colours alone is looked at in each of these, all else in the first. */
const LOOKS = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;

/** Of the pseudo-language, wide and narrow; leaves the page wide. */
export async function speaksCatalogueOnly(page: Page, state: string): Promise<void> {
  for (const size of [WIDE, ZOOMED, ...NARROW]) {
    await page.setViewportSize(size);
    const where = `${state}, ${size.width} wide`;
    expect.soft(await page.evaluate(textsOutsideOfCatalogue), where).toEqual([]);
    expect.soft(await page.evaluate(cutOff), where).toEqual([]);
  }
  await page.setViewportSize(WIDE);
}

/** In both schemes; where `more` is asked for, also with more contrast in both, and on a phone. */
export async function breaksNoRule(page: Page, state: string, { more = false } = {}): Promise<void> {
  for (const [index, look] of LOOKS.slice(0, more ? 4 : 2).entries()) {
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    // A colour on its way to another one is none that anybody reads.
    await page.evaluate('document.getAnimations().forEach((animation) => void animation.cancel())');
    const broken = await brokenRules(page, index === 0 ? null : ['color-contrast']);
    expect.soft(broken, `${state}, ${look.colorScheme}, contrast ${look.contrast}`).toEqual([]);
  }
  if (more) {
    await page.setViewportSize(NARROW[0]);
    expect.soft(await brokenRules(page, null), `${state}, on a phone`).toEqual([]);
    await page.setViewportSize(WIDE);
  }
  await page.emulateMedia({ colorScheme: null, contrast: null, reducedMotion: null });
}

async function brokenRules(page: Page, only: string[] | null): Promise<string[]> {
  // There are no frames of other sites, whose results would be gathered in a page of their own.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (only ? axe.withRules(only) : axe.withTags(RULES)).analyze();
  const all = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  // What lies under a bar that stays is scrolled out from under it.
  return all.filter((one) => !one.includes('partially obscured'));
}

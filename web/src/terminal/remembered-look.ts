// How the learner wants the terminal to look, to be read and to copy, remembered in this browser.

import { effect, type Signal, signal } from '@preact/signals';
import { z } from 'zod';

export const colours = ['page', 'light', 'dark', 'contrast'] as const;
export const fontSizes = { least: 8, most: 32 } as const;

const lookSchema = z.object({
  /** Null for what suits the width. */
  fontSize: z.int().min(fontSizes.least).max(fontSizes.most).nullable().catch(null),
  colours: z.enum(colours).catch('page'),
  /** Output is read out, and rows can be gone through one by one. */
  screenReader: z.boolean().catch(false),
  /** What is selected is copied at once. */
  selectionCopies: z.boolean().catch(false),
});
export type Look = z.infer<typeof lookSchema>;

const KEY = 'slipway.terminal';

export const readLook = (stored: string | null): Look => {
  let value: unknown = {};
  try {
    value = JSON.parse(stored ?? '{}');
  } catch {
    // Somebody else's.
  }
  return lookSchema
    .catch({ fontSize: null, colours: 'page', screenReader: false, selectionCopies: false })
    .parse(value);
};

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage may be switched off.
  }
}

let made: Signal<Look> | undefined;

/** The look of this browser's terminals. What is set is remembered. */
export function rememberedLook(): Signal<Look> {
  if (made) return made;
  const look = signal(readLook(stored()));
  effect(() => {
    const text = JSON.stringify(look.value);
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // Storage may be switched off or full.
    }
  });
  made = look;
  return look;
}

// How sizes and times are written: which unit, and how exactly.

import { texts } from './texts.ts';

const words = texts.amounts;

/** As `docker images` counts: powers of ten. */
export function decimalBytes(bytes: number): string {
  if (bytes < 1e3) return words.bytes({ n: bytes });
  if (bytes < 1e6) return words.kilobytes({ n: twoDigits(bytes / 1e3) });
  return bytes < 1e9 ? words.megabytes({ n: twoDigits(bytes / 1e6) }) : words.gigabytes({ n: twoDigits(bytes / 1e9) });
}

const twoDigits = (n: number) => (n < 10 ? n : Math.round(n));

/** As `df -h` counts: powers of two. */
export function binaryBytes(bytes: number): string {
  return bytes >= 2 ** 30
    ? words.gibibytes({ n: bytes / 2 ** 30 })
    : words.mebibytes({ n: Math.round(bytes / 2 ** 20) });
}

/** 0.02 s, 3.1 s, 42 s, 2 min 5 s. */
export function duration(seconds: number): string {
  if (seconds < 1) return words.hundredths({ s: seconds });
  if (seconds < 10) return words.tenths({ s: seconds });
  const whole = Math.round(seconds);
  return whole < 60 ? words.seconds({ s: whole }) : words.minutes({ min: Math.floor(whole / 60), s: whole % 60 });
}

/** A wait that nobody knows exactly, as a sentence. */
export function roughly(ms: number): string {
  if (ms < 10_000) return words.roughly.soon;
  if (ms < 55_000) return words.roughly.seconds({ n: Math.ceil(ms / 10_000) * 10 });
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 60 ? words.roughly.minutes({ n: minutes }) : words.roughly.long;
}

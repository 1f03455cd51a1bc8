// What the compiled messages of a catalogue call: numbers, times, plurals and cases, as one language writes them.

/** How a catalogue's module (`web/catalogue/compile.ts`) is asked for its texts. */
export type Formats = {
  number(n: number, options?: Intl.NumberFormatOptions): string;
  date(at: Date, options: Intl.DateTimeFormatOptions): string;
  /** `offset`: how many are named already and not counted. */
  plural(n: number, cases: Cases, offset?: number): string;
  select(value: string | boolean, cases: Cases): string;
};

type Cases = { other: string; [name: string]: string };

export function formatsOf(language: string): Formats {
  let numbers: Intl.NumberFormat | undefined;
  let rules: Intl.PluralRules | undefined;
  // The first of its objects has Intl read its data, before anything is shown: what is in most of our texts needs none.
  const isPlain = (n: number) => language === 'en' && Number.isInteger(n) && n >= 0 && n < 1000;
  const number = (n: number) => {
    if (isPlain(n)) return String(n);
    numbers ??= new Intl.NumberFormat(language);
    return numbers.format(n);
  };
  const rule = (n: number) => {
    if (isPlain(n)) return n === 1 ? 'one' : 'other';
    rules ??= new Intl.PluralRules(language);
    return rules.select(n);
  };
  return {
    number: (n, options) => {
      if (!options) return number(n);
      const percent = Math.round(n * 100);
      if (isPlain(percent) && options.style === 'percent' && Object.keys(options).length === 1) return `${percent}%`;
      return new Intl.NumberFormat(language, options).format(n);
    },
    date: (at, options) => new Intl.DateTimeFormat(language, options).format(at),
    plural: (n, cases, offset = 0) => cases[`=${n}`] ?? cases[rule(n - offset)] ?? cases.other,
    select: (value, cases) => cases[String(value)] ?? cases.other,
  };
}

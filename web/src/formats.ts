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
  const numbers = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  return {
    number: (n, options) => (options ? new Intl.NumberFormat(language, options) : numbers).format(n),
    date: (at, options) => new Intl.DateTimeFormat(language, options).format(at),
    plural: (n, cases, offset = 0) => cases[`=${n}`] ?? cases[rules.select(n - offset)] ?? cases.other,
    select: (value, cases) => cases[String(value)] ?? cases.other,
  };
}

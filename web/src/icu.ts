// Reads off a message what it wants, so that the compiler holds every call to it: ICU MessageFormat, as types.

/** A catalogue as the page uses it: a message without braces is a string, one with them a function of what they name. */
export type Texts<T> = T extends string ? Text<T> : { readonly [K in keyof T]: Texts<T[K]> };

type Text<S extends string> = [Wanted<S>] extends [never] ? string : (values: Values<Wanted<S>>) => string;

type Values<Found extends [string, unknown]> = { [One in Found as One[0]]: One[1] };

/** A union of pairs: the name in the braces, and the type of what is to be given. */
type Wanted<S extends string> = InText<S, [], never>;

/** Each argument whose cases are being read: its name, and whether its cases are values of its own. */
type Open = readonly { name: string; selects: boolean }[];

/** In a text, up to the next brace: `{` opens an argument, `}` ends a case. */
type InText<S extends string, Stack extends Open, Found> = S extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? S extends `${string}}${infer Rest}`
      ? InCases<Rest, Stack, Found>
      : Found
    : Argument<After, Stack, Found>
  : S extends `${string}}${infer Rest}`
    ? InCases<Rest, Stack, Found>
    : Found;

/** After the brace that opens one: `name}`, `n, number}`, or `n, plural, one {`. */
type Argument<S extends string, Stack extends Open, Found> = S extends `${infer Head}}${infer Rest}`
  ? Head extends `${infer Name},${infer Kind}`
    ? Trim<Kind> extends `plural,${string}`
      ? Cases<S, Trim<Name>, false, Stack, Found | [Trim<Name>, number]>
      : Trim<Kind> extends `select,${string}`
        ? Cases<S, Trim<Name>, true, Stack, Found>
        : InText<Rest, Stack, Found | [Trim<Name>, Trim<Kind> extends `number${string}` ? number : Date]>
    : InText<Rest, Stack, Found | [Trim<Head>, string]>
  : Found;

type Cases<
  S extends string,
  Name extends string,
  Selects extends boolean,
  Stack extends Open,
  Found,
> = S extends `${string},${string},${infer Rest}`
  ? InCases<Rest, [{ name: Name; selects: Selects }, ...Stack], Found>
  : Found;

/** Between the cases of an argument: `{` opens the next one, `}` ends the argument. */
type InCases<S extends string, Stack extends Open, Found> = Stack extends readonly [
  infer Top extends Open[number],
  ...infer Outer extends Open,
]
  ? S extends `${infer Before}{${infer After}`
    ? Before extends `${string}}${string}`
      ? S extends `${string}}${infer Rest}`
        ? InText<Rest, Outer, Found>
        : Found
      : InText<After, Stack, Top['selects'] extends true ? Found | [Top['name'], Case<Trim<Before>>] : Found>
    : S extends `${string}}${infer Rest}`
      ? InText<Rest, Outer, Found>
      : Found
  : Found;

type Case<S extends string> = S extends 'true' | 'false' ? boolean : S;

type Trim<S extends string> = S extends ` ${infer Rest}` | `\n${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest} ` | `${infer Rest}\n`
    ? Trim<Rest>
    : S;

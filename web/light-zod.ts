// Stands in the built page for zod: of its schemas what `protocol/` and the page use, and no more, for zod is large and
// makes its schemas slowly, before anything is shown. It takes what zod takes, and gives the same (`light-zod.test.ts`); why something is
// refused, no page tells.

const REFUSED = Symbol('refused');
/** What is given for a value, or REFUSED. */
type Read = (value: unknown) => unknown;

class Schema {
  readonly read: Read;

  constructor(read: Read) {
    this.read = read;
  }

  parse(value: unknown): unknown {
    const data = this.read(value);
    if (data === REFUSED) throw new TypeError('what was read does not fit its schema');
    return data;
  }
  safeParse(value: unknown): { success: boolean; data?: unknown } {
    const data = this.read(value);
    return data === REFUSED ? { success: false } : { success: true, data };
  }

  nullable = () => new Schema((value) => (value === null ? null : this.read(value)));
  optional = () => new Schema((value) => (value === undefined ? undefined : this.read(value)));
  default = (other: unknown) => new Schema((value) => (value === undefined ? other : this.read(value)));
  catch = (other: unknown) =>
    new Schema((value) => {
      const data = this.read(value);
      return data === REFUSED ? other : data;
    });

  /** Of a number, or of the length of a text or list. */
  min = (least: number) => this.that((value) => sizeOf(value) >= least);
  max = (most: number) => this.that((value) => sizeOf(value) <= most);
  nonnegative = () => this.min(0);
  positive = () => this.that((value) => sizeOf(value) > 0);
  refine = (fits: (value: unknown) => boolean) => this.that(fits);
  transform = (change: (value: unknown) => unknown) => this.pipe(new Schema(change));
  pipe = (next: Schema) =>
    new Schema((value) => {
      const data = this.read(value);
      return data === REFUSED ? REFUSED : next.read(data);
    });
  regex = (pattern: RegExp) => this.that((value) => pattern.test(String(value)));

  /** For docs/protocol.md only. */
  describe = () => this;
  meta = () => this;

  private that(fits: (value: unknown) => boolean): Schema {
    return new Schema((value) => {
      const data = this.read(value);
      return data === REFUSED || fits(data) ? data : REFUSED;
    });
  }
}

const sizeOf = (value: unknown) => (typeof value === 'number' ? value : (value as { length: number }).length);

type Shape = Record<string, Schema>;

class ObjectSchema extends Schema {
  readonly shape: Shape;

  constructor(shape: Shape, others: 'left out' | 'refused') {
    const fields = Object.entries(shape);
    super((value) => {
      if (!isObject(value)) return REFUSED;
      if (others === 'refused' && Object.keys(value).some((key) => !Object.hasOwn(shape, key))) return REFUSED;
      const data: Record<string, unknown> = {};
      for (const [key, schema] of fields) {
        const field = schema.read(value[key]);
        if (field === REFUSED) return REFUSED;
        if (field !== undefined || key in value) data[key] = field;
      }
      return data;
    });
    this.shape = shape;
  }

  extend = (more: Shape) => new ObjectSchema({ ...this.shape, ...more }, 'left out');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const one = (fits: (value: unknown) => boolean) => new Schema((value) => (fits(value) ? value : REFUSED));

/** The first that takes a value. */
const union = (schemas: readonly Schema[]) =>
  new Schema((value) => {
    for (const schema of schemas) {
      const data = schema.read(value);
      if (data !== REFUSED) return data;
    }
    return REFUSED;
  });

export const z = {
  string: () => one((value) => typeof value === 'string'),
  number: () => one(Number.isFinite),
  int: () => one(Number.isSafeInteger),
  boolean: () => one((value) => typeof value === 'boolean'),
  literal: (only: unknown) => one((value) => value === only),
  enum: (words: readonly unknown[]) => one((value) => words.includes(value)),
  object: (shape: Shape) => new ObjectSchema(shape, 'left out'),
  strictObject: (shape: Shape) => new ObjectSchema(shape, 'refused'),
  union,
  discriminatedUnion: (_key: string, schemas: readonly Schema[]) => union(schemas),
  array: (schema: Schema) =>
    new Schema((value) => {
      if (!Array.isArray(value)) return REFUSED;
      const data = value.map((item) => schema.read(item));
      return data.includes(REFUSED) ? REFUSED : data;
    }),
  record: (keys: Schema, schema: Schema) =>
    new Schema((value) => {
      if (!isObject(value)) return REFUSED;
      const data: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__') continue;
        const field = schema.read(item);
        if (keys.read(key) === REFUSED || field === REFUSED) return REFUSED;
        data[key] = field;
      }
      return data;
    }),
};

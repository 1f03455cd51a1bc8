// Work on many things, a few at the same time.

/** Throws the first error, when nothing of it is still going on. */
export async function eachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const left = [...things];
  const errors: unknown[] = [];
  const worker = async () => {
    for (let thing = left.shift(); thing !== undefined && errors.length === 0; thing = left.shift()) {
      await work(thing).catch((error) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (errors.length > 0) throw errors[0];
}

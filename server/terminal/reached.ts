// Looks at a condition that nobody tells of, until a deadline.

const LOOK_MS = 10;

/** Looks again and again; false where the deadline came first. */
export async function reached(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}

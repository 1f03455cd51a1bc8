// What components get in place of Preact's hooks where they are rendered to text, once: state as it begins, and no effects.

export const useRef = <T>(current: T) => ({ current });
export const useMemo = <T>(make: () => T): T => make();
export const useCallback = <T>(call: T): T => call;
export const useState = <T>(first: T | (() => T)) => [first instanceof Function ? first() : first, () => {}] as const;
export const useReducer = <T>(_reduce: unknown, first: T) => [first, () => {}] as const;
export const useEffect = (): void => {};
export const useLayoutEffect = (): void => {};

const given = new Map<unknown, unknown>();

export const useContext = (context: unknown): unknown => given.get(context);

/** Renders with a value for a context; without one it is undefined, as all of ours begin. */
export function withContext(context: unknown, value: unknown, render: () => string): string {
  const before = given.get(context);
  given.set(context, value);
  try {
    return render();
  } finally {
    given.set(context, before);
  }
}

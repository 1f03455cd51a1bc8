// The page that opens a lesson, while it is being drawn: what else the machine has to do for its learner comes after it.

/** The page and its learner's set-up have the same processors: so long the page comes first, at most. */
export const DRAWN_WITHIN_MS = 2_000;

export class Drawing {
  #end: () => void = () => {};

  /** Resolves when the page is drawn, or that takes too long. One that was begun before is over. */
  begin(): Promise<void> {
    this.end();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, DRAWN_WITHIN_MS);
      this.#end = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** It is drawn, or nobody waits for it any more. */
  end(): void {
    this.#end();
  }
}

// Takes work one after the other, whatever became of the one before.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** As `work` ends. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

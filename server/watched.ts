// What tells those who watch it that it has changed.

export class Watched {
  readonly #watchers = new Set<() => void>();

  /** Until the function that it returns is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

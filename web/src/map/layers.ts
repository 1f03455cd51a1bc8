// Which layer is which: each diff id keeps its colour and the place where it was first seen, so that the picture stays
// the same while the world changes around it.

/** As many as can be told apart; they are used again after that. */
export const HUES = 10;

/** A store holds each layer once, whatever number of images need it. */
export class LayerMemory {
  private readonly hues = new Map<string, number>();
  private readonly owners = new Map<string, string>();

  /** The same number below HUES for the same layer, always. */
  hueOf(layer: string): number {
    const known = this.hues.get(layer) ?? this.hues.size % HUES;
    this.hues.set(layer, known);
    return known;
  }

  /** Who of these brought the layer into this store: whoever was first seen with it, for as long as they have it. */
  ownerOf(store: string, layer: string, holders: readonly string[]): string | null {
    const key = `${store} ${layer}`;
    const before = this.owners.get(key);
    const owner = before !== undefined && holders.includes(before) ? before : (holders[0] ?? null);
    if (owner === null) this.owners.delete(key);
    else this.owners.set(key, owner);
    return owner;
  }
}

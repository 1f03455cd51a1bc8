// The berth of a learner's computer, and its boat: decoration.

/** On its way in, put away, at somebody else's berth, or not afloat. */
export type Scene = 'coming' | 'gone' | 'elsewhere' | 'aground';

export function Berth({ scene }: { scene: Scene }) {
  return (
    <div class="waiting-line" data-scene={scene} aria-hidden="true">
      <span class="waiting-berth" />
      {scene === 'elsewhere' && <span class="waiting-berth" data-taken="true" />}
      {scene !== 'gone' && <span class="waiting-boat" data-own={scene === 'coming'} />}
    </div>
  );
}

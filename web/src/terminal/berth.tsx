// The berth of a learner's computer, and its boat: decoration.

/** On its way in, put away, or not afloat. */
export type Scene = 'coming' | 'gone' | 'aground';

export function Berth({ scene }: { scene: Scene }) {
  return (
    <div class="waiting-line" data-scene={scene} aria-hidden="true">
      <span class="waiting-berth" />
      {scene !== 'gone' && <span class="waiting-boat" data-own={scene === 'coming'} />}
    </div>
  );
}

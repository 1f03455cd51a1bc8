// A card in the terminal's place: what became of the computer, and the way on.

import { Berth, type Scene } from './berth.tsx';

type Props = { scene: Scene; heading: string; text: string; label?: string; onAct?: () => void };

export function StateCard({ scene, heading, text, label, onAct }: Props) {
  return (
    <div class="state-card">
      <Berth scene={scene} />
      <h2 tabIndex={-1}>{heading}</h2>
      <p>{text}</p>
      {label && (
        <button type="button" class="button button-main" onClick={onAct}>
          {label}
        </button>
      )}
    </div>
  );
}

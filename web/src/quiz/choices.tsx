// One of several choices, or any number of them.

import { RichText } from '../parts/rich-text.tsx';
import type { Draft } from './draft.ts';

type Props = {
  choices: string[];
  /** Whether more than one may be chosen. */
  many: boolean;
  name: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
};

export function Choices({ choices, many, name, draft, onChange }: Props) {
  const chosen = Array.isArray(draft) ? draft : [draft];
  const choose = (index: number, on: boolean) => {
    if (!many) return onChange(index);
    const others = chosen.filter((other): other is number => typeof other === 'number' && other !== index);
    onChange(on ? [...others, index] : others);
  };
  return (
    <div class="choices">
      {choices.map((choice, index) => (
        <label key={choice} class="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(index)}
            onChange={(event) => choose(index, event.currentTarget.checked)}
          />
          <RichText html={choice} />
        </label>
      ))}
    </div>
  );
}

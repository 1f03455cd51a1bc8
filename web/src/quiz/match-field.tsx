// Left sides, each with a list of the right sides to choose from.

import { plainText, RichText } from '../parts/rich-text.tsx';
import { useLessonLanguage } from '../parts/text-language.ts';
import { texts } from '../texts.ts';

type Props = { left: string[]; right: string[]; name: string; draft: number[]; onChange: (draft: number[]) => void };

export function MatchField({ left, right, name, draft, onChange }: Props) {
  const language = useLessonLanguage();
  return (
    <div class="match">
      {left.map((side, at) => (
        <div key={side} class="match-row">
          <RichText html={side} id={`${name}-${at}`} />
          <select
            aria-labelledby={`${name}-${at}`}
            value={String(draft[at] ?? -1)}
            onChange={(event) => onChange(draft.with(at, Number(event.currentTarget.value)))}
          >
            <option value="-1">{texts.quiz.choose}</option>
            {right.map((text, index) => (
              <option key={text} lang={language} value={String(index)}>
                {plainText(text)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}

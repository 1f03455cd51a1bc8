// What a verdict rests on, all of it plain text: the command before it, and what was asked of the learner's computer.

import type { Evidence } from '../../../protocol/session.ts';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { texts } from '../texts.ts';

export function EvidenceView({ evidence: { atMs, command, facts } }: { evidence: Evidence }) {
  const at = new Date(atMs);
  return (
    <>
      <p class="evidence-time">
        <time dateTime={at.toISOString()}>{texts.evidence.at({ at })}</time>
      </p>
      {command && (
        <>
          <h3>{texts.evidence.command}</h3>
          <Plain text={command.line} />
          <p class="evidence-exit">{exitText(command.exitCode)}</p>
          {command.output.trim() !== '' && <Plain text={command.output} />}
        </>
      )}
      {facts.length > 0 && (
        <>
          <h3>{texts.evidence.facts}</h3>
          <dl lang={SERVER_LANGUAGE}>
            {facts.map(({ asked, answer }, index) => (
              <div key={index}>
                <dt>{asked}</dt>
                <dd>
                  <Plain text={answer} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {!command && facts.length === 0 && <p class="evidence-none">{texts.evidence.nothing}</p>}
    </>
  );
}

function exitText(code: number | null): string {
  if (code === null) return texts.evidence.early;
  return code === 0 ? texts.evidence.well : texts.evidence.exitCode({ code });
}

function Plain({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long output scrolls, and keys must reach it
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}

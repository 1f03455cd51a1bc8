// Shows a plain-text message in which `code` stands in backticks; what comes from outside is only ever text.

export type MessagePart = { kind: 'text' | 'code'; text: string };

/** A message in parts. A backtick without a partner is an ordinary character. */
export function messageParts(message: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const match of message.matchAll(/`([^`]+)`/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: message.slice(end, match.index) });
    parts.push({ kind: 'code', text: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < message.length) parts.push({ kind: 'text', text: message.slice(end) });
  return parts;
}

export function Message({ text }: { text: string }) {
  return <>{messageParts(text).map((part) => (part.kind === 'code' ? <code>{part.text}</code> : part.text))}</>;
}

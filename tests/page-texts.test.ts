// No text of the page stands outside its catalogue (web/src/texts/en.ts).

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../web/src/', import.meta.url));
const SPOKEN = /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label)$/;
const SPOKEN_PROPERTIES = /^(textContent|innerText|title|ariaLabel|placeholder|alt)$/;
const WORD = /\p{L}{2}/u;

/** Each text that a reader of this source would see or hear, with its line. */
function literalTexts(source: string, name = 'part.tsx'): string[] {
  // By the name's end: what begins with a type parameter in one is an element in the other.
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const add = (node: ts.Node, text: string) => {
    if (!WORD.test(text)) return;
    found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
  };
  /** What an expression can come to; what it is compared with or calls is no text. */
  const inExpression = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) add(node, node.text);
    else if (ts.isTemplateExpression(node)) {
      add(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' '));
    } else if (ts.isConditionalExpression(node)) {
      inExpression(node.whenTrue);
      inExpression(node.whenFalse);
    } else if (ts.isParenthesizedExpression(node)) inExpression(node.expression);
    else if (ts.isBinaryExpression(node) && isJoining(node.operatorToken.kind)) {
      inExpression(node.left);
      inExpression(node.right);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) add(node, node.text);
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression) {
      inExpression(node.expression);
    } else if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) add(node, node.initializer.text);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression) {
        inExpression(node.initializer.expression);
      }
    } else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      SPOKEN_PROPERTIES.test(node.left.name.text)
    ) {
      inExpression(node.right);
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [name, value] = node.arguments;
      const isSet = node.expression.name.text === 'setAttribute' && name && ts.isStringLiteral(name);
      if (isSet && SPOKEN.test(name.text) && value) inExpression(value);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isJoining = (kind: ts.SyntaxKind) =>
  kind === ts.SyntaxKind.PlusToken ||
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken ||
  kind === ts.SyntaxKind.AmpersandAmpersandToken;

const sources = globSync('**/*.{ts,tsx}', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('texts/'))
  .map((file) => ({ file, source: readFileSync(ROOT + file, 'utf8') }));

test.each([
  ['words between tags', '<p>Hello {name}</p>', ['1: Hello']],
  ['words in braces', "<p>{on ? 'On now' : `Off, ${why}`}</p>", ['1: On now', '1: Off,']],
  ['words after a condition', "<p>{open && 'Open'}</p>", ['1: Open']],
  ['a name for screen readers', '<a aria-label="Close" />', ['1: Close']],
  ['a composed name', '<a title={`${n} items`} placeholder={x || "Search"} />', ['1: items', '1: Search']],
  ['words of an element that is made by hand', "note.textContent = 'Copied';", ['1: Copied']],
  ['an attribute that is set by hand', "note.setAttribute('aria-label', 'Copy');", ['1: Copy']],
])('sees %s', (_, source, found) => {
  expect(literalTexts(source)).toEqual(found);
});

test.each([
  "<p class='note' data-state={on ? 'open' : 'shut'}>{texts.list.page} · {n}%</p>",
  "<p>{state === 'done' ? texts.lesson.done : number}</p>",
  "note.setAttribute('role', 'status')",
])('sees nothing in %s', (source) => {
  expect(literalTexts(source)).toEqual([]);
});

test('no text of the page stands outside its catalogue', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(({ file, source }) => literalTexts(source, file).map((text) => `${file}:${text}`))).toEqual(
    [],
  );
});

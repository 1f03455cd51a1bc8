// Components to HTML, on the server: everything that they say is escaped.

import { type ComponentChild, type ComponentChildren, Fragment, isValidElement, type VNode } from 'preact';
import { withContext } from './hooks.ts';
import { escapeHtml } from './html-text.ts';

type Props = Record<string, unknown> & { children?: ComponentChildren };

/** Elements that have no end. */
const VOID = new Set(['br', 'hr', 'img', 'input']);

export function renderToString(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map((child: ComponentChild) => renderToString(child)).join('');
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (!isValidElement(node)) return escapeHtml(String(node));
  const { type, props } = node as VNode<Props>;
  if (typeof type === 'string') return elementHtml(type, props);
  if (type === Fragment) return renderToString(props.children);
  if ('Provider' in type) return withContext(type, props.value, () => renderToString(props.children));
  return renderToString((type as (props: Props) => ComponentChildren)(props));
}

function elementHtml(name: string, { children, dangerouslySetInnerHTML, ...attributes }: Props): string {
  const opening = `<${name}${Object.entries(attributes).map(attributeHtml).join('')}>`;
  if (VOID.has(name)) return opening;
  const inner = dangerouslySetInnerHTML as { __html: string } | undefined;
  return `${opening}${inner ? inner.__html : renderToString(children)}</${name}>`;
}

/** As Preact sets it: of `aria-` and `data-` attributes false is a value, of all others it means that there is none. */
function attributeHtml([name, value]: [string, unknown]): string {
  if (name === 'key' || name === 'ref' || name.startsWith('on') || value === null || value === undefined) return '';
  if (typeof value === 'boolean' && name[4] !== '-') return value ? ` ${name.toLowerCase()}` : '';
  const text = name === 'style' ? styleText(value as Record<string, string | number>) : String(value);
  return ` ${name}="${escapeHtml(text)}"`;
}

function styleText(style: Record<string, string | number>): string {
  const property = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.entries(style)
    .map(([name, value]) => `${property(name)}:${value}`)
    .join(';');
}

// The lines from images to the manifests that serve them, drawn below the cards.

import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Wire } from './layout.ts';
import { beforePainting } from './motion.ts';

type Line = Wire & { path: string };
/** More would be a web: then only those of what is pointed at are drawn. */
const MOST = 14;

type Props = { host: RefObject<HTMLElement | null>; wires: readonly Wire[]; lit: string | null };

export function Wires({ host, wires, lit }: Props) {
  const drawn = useSignal<{ width: number; height: number; lines: readonly Line[] }>({
    width: 0,
    height: 0,
    lines: [],
  });
  const place = () => {
    const root = host.current;
    if (!root) return;
    const box = root.getBoundingClientRect();
    const stacks = new Map<string, DOMRect>();
    for (const card of root.querySelectorAll<HTMLElement>('[data-card]')) {
      const end = card.querySelector('[data-end]');
      if (end) stacks.set(card.dataset.card ?? '', end.getBoundingClientRect());
    }
    const found = wires.flatMap((wire): Line[] => {
      const [from, to] = [stacks.get(wire.image), stacks.get(wire.manifest)];
      // Where the sides stand below each other, a line would cross everything.
      if (!from || !to || from.right >= to.left) return [];
      return [
        {
          ...wire,
          path: pathOf(from.right - box.left, middle(from) - box.top, to.left - box.left, middle(to) - box.top),
        },
      ];
    });
    const { offsetWidth: width, offsetHeight: height } = root;
    const now = { width, height, lines: found };
    if (JSON.stringify(now) !== JSON.stringify(drawn.peek())) drawn.value = now;
  };
  useLayoutEffect(() => beforePainting(place));
  useEffect(() => {
    const root = host.current;
    if (!root) return;
    const observer = new ResizeObserver(place);
    observer.observe(root);
    for (const column of root.children) observer.observe(column);
    return () => observer.disconnect();
  }, [wires]);
  const { width, height, lines } = drawn.value;
  const isCrowded = lines.length > MOST;
  return (
    <svg class="map-wires" width={width} height={height} aria-hidden="true">
      {lines.map(({ image, manifest, path }) => {
        const isLit = lit === image || lit === manifest;
        if (isCrowded && !isLit) return null;
        return <path key={`${image} ${manifest}`} d={path} data-lit={isLit} />;
      })}
    </svg>
  );
}

const middle = ({ top, height }: DOMRect) => top + height / 2;

function pathOf(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(16, (x2 - x1) / 2);
  return `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

const round = (n: number) => Math.round(n * 2) / 2;

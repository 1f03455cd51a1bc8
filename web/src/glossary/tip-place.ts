// Where a definition stands: below its term, above it where there is more room, and never beyond the edge.

type Box = { left: number; right: number; top: number; bottom: number };
type Size = { width: number; height: number };

const GAP_PX = 8;
const EDGE_PX = 10;

export function placeTip(term: Box, tip: Size, view: Size): { left: number; top: number } {
  const below = term.bottom + GAP_PX;
  const above = term.top - GAP_PX - tip.height;
  const fitsBelow = below + tip.height <= view.height - EDGE_PX;
  const top = fitsBelow || above < EDGE_PX ? below : above;
  const most = view.width - EDGE_PX - tip.width;
  return { left: Math.max(EDGE_PX, Math.min(term.left, most)), top };
}

// Where learners join a class: the address, and its QR code, which brings the class's code with it.

import { renderSVG } from 'uqr';
import { roomTexts } from '../room-texts.ts';
import { joinPath } from '../router.ts';

export const joinAddress = (): string => `${location.origin}${joinPath}`;

/** For a handbook: who follows it has only a name to give. */
export const joinLink = (code: string): string => `${joinAddress()}#${code}`;

export function JoinQr({ code, size }: { code: string; size: number }) {
  return (
    <img
      class="class-qr"
      alt={roomTexts.classes.qr}
      width={size}
      height={size}
      src={`data:image/svg+xml,${encodeURIComponent(renderSVG(joinLink(code), { border: 2 }))}`}
    />
  );
}

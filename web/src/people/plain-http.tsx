// What it means that this page came over plain HTTP, where it came over a network.

import { roomTexts } from '../room-texts.ts';

export function PlainHttp() {
  if (location.protocol !== 'http:' || isLoopback(location.hostname)) return null;
  return <p class="field-hint">{roomTexts.plainHttp}</p>;
}

export const isLoopback = (host: string): boolean => /^(localhost|127\.|\[::1\])/.test(host);

// A thread with one screen: takes what the terminal printed, one piece after the other, and says whether it can be kept.

import { parentPort, workerData } from 'node:worker_threads';
import { PICTURE_BYTES, ScreenState } from './screen-state.ts';

/** What the screen begins with. */
export interface ScreenThreadData {
  cols: number;
  rows: number;
  picture: string;
  nonce: string;
}
export type ToScreen =
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'gap' }
  | { type: 'size'; cols: number; rows: number }
  | { type: 'picture' };
/** After each message; `picture` where it was asked for and nothing on the screen is half. */
export interface FromScreen {
  settled: boolean;
  picture?: { cols: number; rows: number; picture: string };
}

const begin = workerData as ScreenThreadData;
const state = new ScreenState(begin, begin.nonce);
const begun = state.write(begin.picture);

parentPort?.on('message', async (message: ToScreen) => {
  await begun;
  if (message.type === 'bytes') await state.write(message.bytes);
  else if (message.type === 'gap') await state.gap();
  else if (message.type === 'size') state.resize(message.cols, message.rows);
  const { settled } = state;
  const answer: FromScreen = { settled };
  if (message.type === 'picture' && settled)
    answer.picture = { ...state.size, picture: state.boundedPicture(PICTURE_BYTES) };
  parentPort?.postMessage(answer);
});

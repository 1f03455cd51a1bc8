// What the server tells of a part of a class, and what stood in the way of the newest request for it.

import { type Signal, useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api.ts';

interface Told<T> {
  /** Null until it is told; what was told stays where a later request fails. */
  told: Signal<T | null>;
  problem: Signal<ApiProblem | null>;
  take: (answer: Promise<T>) => Promise<void>;
}

export function useTold<T>(): Told<T> {
  const told = useSignal<T | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  const take = (answer: Promise<T>) =>
    answer.then(
      (value) => {
        told.value = value;
        problem.value = null;
      },
      (error) => {
        problem.value = asProblem(error);
      },
    );
  return { told, problem, take };
}

// All predicates that a lesson's checks can name.

import type { Predicate } from '../types.ts';
import { command } from './command.ts';
import { containerRestarted } from './container-restarted.ts';
import { containerRunning } from './container-running.ts';
import { digestShown } from './digest-shown.ts';
import { imageAbsent } from './image-absent.ts';
import { imagePresent } from './image-present.ts';
import { imagePulled } from './image-pulled.ts';
import { imageSameAs } from './image-same-as.ts';
import { registryTag } from './registry-tag.ts';
import { registryUp } from './registry-up.ts';
import { request } from './request.ts';

// biome-ignore lint/suspicious/noExplicitAny: each predicate has parameters of its own, parsed by its own schema
export type AnyPredicate = Predicate<any>;

export const predicates: readonly AnyPredicate[] = [
  command,
  containerRestarted,
  containerRunning,
  digestShown,
  imageAbsent,
  imagePresent,
  imagePulled,
  imageSameAs,
  registryTag,
  registryUp,
  request,
];

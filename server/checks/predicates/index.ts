// All predicates that a lesson's checks can name.

import type { z } from 'zod';
import type { CheckItem, Predicate } from '../types.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { command } from './command.ts';
import { configShown } from './config-shown.ts';
import { containerAbsent } from './container-absent.ts';
import { containerRestarted } from './container-restarted.ts';
import { containerRunning } from './container-running.ts';
import { digestShown } from './digest-shown.ts';
import { event } from './event.ts';
import { file } from './file.ts';
import { imageAbsent } from './image-absent.ts';
import { imageIdAbsent } from './image-id-absent.ts';
import { imagePresent } from './image-present.ts';
import { imagePulled } from './image-pulled.ts';
import { imageRepoDigest } from './image-repo-digest.ts';
import { imageSameAs } from './image-same-as.ts';
import { imagesNoDangling } from './images-no-dangling.ts';
import { loginIn } from './login-in.ts';
import { loginOut } from './login-out.ts';
import { not } from './not.ts';
import { order } from './order.ts';
import { registryAuth } from './registry-auth.ts';
import { registryBlob } from './registry-blob.ts';
import { registryRepository } from './registry-repository.ts';
import { registryTag } from './registry-tag.ts';
import { registryTagAbsent } from './registry-tag-absent.ts';
import { registryTagsSame } from './registry-tags-same.ts';
import { registryUp } from './registry-up.ts';
import { request } from './request.ts';

// biome-ignore lint/suspicious/noExplicitAny: each predicate has parameters of its own, parsed by its own schema
export type AnyPredicate = Predicate<any>;

export const predicates: readonly AnyPredicate[] = [
  command,
  configShown,
  containerAbsent,
  containerRestarted,
  containerRunning,
  digestShown,
  event,
  file,
  imageAbsent,
  imageIdAbsent,
  imagePresent,
  imagePulled,
  imageRepoDigest,
  imageSameAs,
  imagesNoDangling,
  loginIn,
  loginOut,
  registryAuth,
  registryBlob,
  registryRepository,
  registryTag,
  registryTagAbsent,
  registryTagsSame,
  registryUp,
  request,
];

/** Those that are made of other checks, and so need the schema of a check. */
export const composites: readonly ((item: z.ZodType<CheckItem>) => AnyPredicate)[] = [all, any, not, order];

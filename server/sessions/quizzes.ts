// Judges an answer to a quiz; one about a digest is compared with what the learner's registry serves now.

import type { QuizAnswer } from '../../protocol/lesson.ts';
import type { World } from '../checks/types.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { answerQuiz, type Judgement } from '../lessons/answer.ts';
import type { AskDigests } from '../lessons/digest-answer.ts';
import type { StepQuiz } from '../lessons/quiz.ts';
import { noTerminal } from './problems.ts';

/** Without a world nothing about a digest can be judged. Throws SlipwayError with what to do. */
export function judge(quiz: StepQuiz, answer: QuizAnswer, world: World | null): Promise<Judgement> {
  return answerQuiz(quiz, answer, async (of) => {
    if (!world) throw noTerminal();
    return digestsOf(world, of).catch((error) => {
      throw new SlipwayError('not-compared', `Your answer could not be compared: ${messageOf(error)}.`, {
        next: `Start your registry at ${of.registry}, then answer again.`,
        status: 409,
        cause: error,
      });
    });
  });
}

async function digestsOf(
  world: World,
  { registry, repository, tag }: Parameters<AskDigests>[0],
): ReturnType<AskDigests> {
  const view = world.registry(registry);
  const manifest = await view.manifest(repository, tag);
  if (!manifest) return null;
  const image = await world.engine.image(`${registry}/${repository}:${tag}`);
  const schema1 = await view.oldDigest(repository, tag);
  return { manifest: manifest.digest, config: manifest.configDigest, schema1, imageId: image?.id ?? null };
}

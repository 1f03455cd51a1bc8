// Runs many lines in one place, and says of each how it ended and what it printed.

import type { Computer, Scene } from '../../support/scene.ts';
import type { Place } from './try.ts';

export interface Ended {
  code: number;
  said: string;
}

/** The name of the learner's own container that may do everything. */
export const NESTED = 'everything';
const SECONDS = 8;

/** In a fresh folder each; variables are exported. What has not ended in 8 s is killed. */
export async function runAll(
  scene: Scene,
  place: Place,
  lines: readonly string[],
  variables: Readonly<Record<string, string>> = scene.variables,
): Promise<Ended[]> {
  const script = [
    'top=$(mktemp -d)',
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
    ...lines.map(
      (line, i) =>
        `mkdir $top/${i}; cd $top/${i}; timeout -k 1 ${SECONDS} sh -c ${quoted(line)} </dev/null >$top/said 2>&1; code=$?; echo; echo "@@ ${i} $code $(tail -c 300 $top/said | tr -c '[:print:]' ' ')"`,
    ),
    'cd /; rm -rf $top',
  ].join('\n');
  const { stdout, stderr } = await runScript(scene, place, script);
  const found = new Map<number, Ended>();
  for (const [, index, code, said = ''] of stdout.matchAll(/^@@ (\d+) (\d+) (.*)$/gm))
    found.set(Number(index), { code: Number(code), said: said.trim() });
  return lines.map((line, i) => {
    const ended = found.get(i);
    if (!ended) throw new Error(`no end of ${line} in ${place}: ${stdout.slice(-300)} ${stderr.slice(-300)}`);
    return ended;
  });
}

function runScript(scene: Scene, place: Place, script: string) {
  const inWorld = (computer: Computer, line: string) => scene.inside(computer, line, script);
  if (place === 'world') return inWorld(scene.attacker, 'exec sh');
  if (place === 'neighbour') return inWorld(scene.neighbour, 'exec sh');
  if (place === 'nested') return inWorld(scene.attacker, `exec docker exec -i ${NESTED} chroot /host sh`);
  return scene.inGranted('exec sh', script);
}

/** The learner's own container with everything that a learner can grant, the computer's root in /host. */
export async function startNested(scene: Scene): Promise<void> {
  const { code, stderr } = await scene.inside(
    scene.attacker,
    `docker run -d --name ${NESTED} --cap-add ALL --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
      --security-opt systempaths=unconfined --pid host --network host --ipc host --uts host -v /:/host alpine sleep 3600`,
  );
  if (code !== 0) throw new Error(stderr);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

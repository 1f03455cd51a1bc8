// Which engines are taken: by what real ones answered to /version and /info, in what of it counts.

import { expect, it } from 'vitest';
import { refusalOf } from './detect.ts';

const LINUX = { OSType: 'linux', SecurityOptions: ['name=seccomp,profile=default'] };
/** Debian's docker.io, 2026. */
const DOCKER_20 = {
  Platform: { Name: '' },
  Components: [{ Name: 'Engine' }, { Name: 'containerd' }, { Name: 'runc' }, { Name: 'docker-init' }],
  Version: '20.10.24+dfsg1',
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
};
/** Debian's podman, `podman system service`. */
const PODMAN = {
  Platform: { Name: 'linux/amd64/debian-12' },
  Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }, { Name: 'OCI Runtime (crun)' }],
  Version: '4.3.1',
  ApiVersion: '1.41',
  MinAPIVersion: '1.24',
};

it('takes Docker Engine', () => {
  expect(refusalOf(DOCKER_20, LINUX)).toBeNull();
});

it('names Podman, which says that it is as new', () => {
  expect(refusalOf(PODMAN, LINUX)).toMatchObject({
    code: 'engine-podman',
    message: expect.stringContaining('Podman 4.3.1'),
  });
});

it.each([
  ['1.39', '18.09.1', 'engine-old'],
  ['1.9', '1.0.0', 'engine-old'],
  ['1.40', '19.03.0', undefined],
  ['1.52', '29.0.0', undefined],
])('the API %s of %s: %s', (ApiVersion, Version, code) => {
  const refusal = refusalOf({ ...DOCKER_20, ApiVersion, Version }, LINUX);
  expect(refusal?.code).toBe(code);
  if (code) expect(refusal?.message).toContain(Version);
});

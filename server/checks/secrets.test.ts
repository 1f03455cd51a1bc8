// Secrets go, what a report needs stays.

import { expect, test } from 'vitest';
import { withoutSecrets } from './secrets.ts';

test.each([
  ['docker login -u alice -p s3cret localhost:5000', 'docker login -u alice -p … localhost:5000'],
  ['docker login --password=s3cret', 'docker login --password=…'],
  ['docker run -p 5000:5000 x', 'docker run -p 5000:5000 x'],
  ['curl -u alice:s3cret x', 'curl -u alice:… x'],
  ['curl http://alice:s3cret@localhost:5000/v2/', 'curl http://alice:…@localhost:5000/v2/'],
  ["curl -H 'Authorization: Basic YWxpY2U=' x", "curl -H 'Authorization: Basic …' x"],
  [
    'docker login -u alice -p "two words" && docker run -p 127.0.0.1:80:80 x',
    'docker login -u alice -p … && docker run -p 127.0.0.1:80:80 x',
  ],
  ['docker login \\\n -ps3cret', 'docker login \\\n -p…'],
  ['echo s3cret | docker login -u alice --password-stdin', 'echo … | docker login -u alice --password-stdin'],
  ["printf '%s' s3cret | docker login -u a --password-stdin x", "printf '%s' … | docker login -u a --password-stdin x"],
  ['echo hello | tr a b', 'echo hello | tr a b'],
  ['htpasswd -Bbn alice s3cret > ~/auth/htpasswd', 'htpasswd -Bbn alice … > ~/auth/htpasswd'],
  ['htpasswd -Bb ~/auth/htpasswd alice s3cret; ls', 'htpasswd -Bb ~/auth/htpasswd alice …; ls'],
  [
    'docker run -e ROOT_PASSWORD=s3cret -e REGISTRY_AUTH=htpasswd x',
    'docker run -e ROOT_PASSWORD=… -e REGISTRY_AUTH=htpasswd x',
  ],
  ['alice:$2y$05$abc', 'alice:$2y$…'],
])('%s without its secret', (text, expected) => expect(withoutSecrets(text)).toBe(expected));

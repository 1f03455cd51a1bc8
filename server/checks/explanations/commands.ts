// Errors of the other docker commands: how they are typed, containers, volumes, and images in use.

import type { Row } from './row.ts';

export const commands: readonly Row[] = [
  [
    'args-run',
    /"docker (run|create)" requires at least 1 argument\./m,
    '`docker {1}` needs the name of an image.',
    'It is `docker {1} OPTIONS IMAGE`, and an option that takes a value takes the next word.',
  ],
  [
    'args-exec',
    /"docker exec" requires at least 2 arguments\./m,
    '`docker exec` needs a container and a command.',
    'It is `docker exec CONTAINER COMMAND`.',
  ],
  [
    'args-exact',
    /"docker (\S{1,256})" requires (exactly|at least) (\d) arguments?\./m,
    '`docker {1}` needs {2} {3} argument(s).',
    'Something is missing, or there is a space in the middle of a name (`nginx: latest`).',
  ],
  [
    'prune-alone',
    /docker: 'prune' is not a docker command/m,
    '`prune` is a command of a group: images, containers and volumes are cleared away one kind at a time.',
    'For images it is `docker image prune`.',
  ],
  [
    'subcommand',
    /docker: '(\S{1,256})' is not a docker command/m,
    '`docker` has no command `{1}`.',
    '`docker --help` lists them.',
  ],
  [
    'unknown-flag',
    /unknown (?:shorthand )?flag: (?:'.' in )?(-{1,2}[\w-]{1,60})/m,
    "Docker doesn't know the option `{1}`.",
    'Check the spelling: a long option has two hyphens, and `--help` lists them all.',
  ],
  [
    'flag-value',
    /flag needs an argument: (?:'\w' in )?(-{1,2}[\w-]{1,60})/m,
    'The option `{1}` takes a value, and none follows.',
    'Write it behind the option, such as `-p 5000:5000` or `--name registry`.',
  ],
  [
    'docker-missing',
    /(?:^|: )(pull|push|images|rmi|tag|ps|login|rm|run|inspect|search): command not found/m,
    '`{1}` is a command of Docker, and the shell knows only `docker`.',
    'Write `docker {1} …`.',
  ],
  [
    'docker-capital',
    /(?:^|: )(D[Oo][Cc][Kk][Ee][Rr]|DOCKER): command not found/m,
    'The shell tells capitals from small letters, and knows no program `{1}`.',
    'Write `docker`.',
  ],
  [
    'wget-missing',
    /(?:^|: )wget: command not found/m,
    'This computer has no `wget`.',
    'Use `curl`, which does the same here.',
  ],
  [
    'prompt-sign',
    /^(?:-?bash: )?(?:[$%]|\S{1,60}@\S{1,60}[#$]): command not found/m,
    'What stands in front of a command, up to `$` or `#`, is the prompt, and no part of the command.',
    'Type what follows it.',
  ],
  ['cmd-not-found', /(\S{1,256}): command not found/m, 'The shell knows no program `{1}`.', 'Check the spelling.'],
  [
    'registry-args',
    /Error: unknown command "(\S{1,256})" for "registry"/m,
    'Options after the image name are passed to the program in the container.',
    'It is `docker run OPTIONS IMAGE`: move `-d`, `-p` and `--name` before `registry:2`.',
  ],
  [
    'name-conflict',
    /The container name "\/(\S{1,256})" is already in use by container "([0-9a-f]{12})/m,
    'A container called `{1}` exists already, perhaps stopped.',
    'Start it with `docker start {1}`, or remove it first with `docker rm -f {1}`.',
  ],
  [
    'port-allocated',
    /Bind for \S{1,256}:(\d{1,10}) failed: port is already allocated/m,
    'Another container already publishes port `{1}`.',
    'Find it with `docker ps`; the failed container stays in the state Created until you `docker rm` it.',
  ],
  [
    'port-foreign',
    /Timed out proxy starting the userland proxy|address already in use/m,
    'A program outside Docker already uses the port.',
    'Find it with `ss -ltnp`; stop it or publish another port.',
  ],
  [
    'port-invalid',
    /Invalid (?:hostPort|containerPort): (\d{1,10})\.?$/m,
    "Ports go from 1 to 65535, and `{1}` isn't one.",
    'It is `-p HOST:CONTAINER`, the outer port first.',
  ],
  [
    'port-format',
    /Invalid (?:hostPort|containerPort|proto): \S{1,100}$|No port specified: \S{1,100}$/m,
    '`-p` takes two ports with a colon between them, and no space.',
    'It is `-p HOST:CONTAINER`, the outer port first.',
  ],
  [
    'name-invalid',
    /Invalid container name \((\S{1,256})\)/m,
    "A container can't be called `{1}`: only letters, digits, `_`, `.` and `-` are allowed.",
    'Choose a plain name.',
  ],
  [
    'vol-invalid',
    /includes invalid characters for a local volume name/m,
    '`-v` took the left side as the name of a volume.',
    'Use an absolute path (or `./path`) for a directory, a plain name for a volume.',
  ],
  [
    'vol-in-use',
    /remove (\S{1,256}): volume is in use/m,
    'A container still refers to the volume `{1}`.',
    'Remove the container first with `docker rm`.',
  ],
  [
    'rmi-multi',
    /unable to delete (\S{1,256}) \(must be forced\) - image is referenced in multiple repositories/m,
    "This image ID has several names, so Docker won't guess.",
    '`docker rmi NAME:TAG` removes one name; `-f` with the ID removes them all.',
  ],
  [
    'rmi-running-id',
    /unable to delete (\S{1,256}) \(cannot be forced\) - image is being used by running container (\S{1,256})/m,
    'The container `{2}` runs from this image.',
    '`docker stop {2}` and `docker rm {2}`, then remove the image.',
  ],
  [
    'rmi-stopped-id',
    /unable to delete (\S{1,256}) \(must be forced\) - image is being used by stopped container (\S{1,256})/m,
    'The stopped container `{2}` still needs this image.',
    '`docker rm {2}` first.',
  ],
  [
    'rmi-used-name',
    /unable to remove repository reference "(\S{1,256})" \(must force\) - container (\S{1,256}) is using/m,
    'The container `{2}` was made from `{1}`, running or stopped.',
    'Look at `docker ps -a`; `docker rm {2}`, then `docker rmi {1}` (`-f` only hides the name).',
  ],
  [
    'rm-running',
    /cannot remove container "\/(\S{1,256})": container is running/m,
    '`{1}` is running.',
    'Stop it first with `docker stop {1}`, or use `docker rm -f {1}`.',
  ],
  [
    'no-container',
    /No such container: (\S{1,256})/m,
    'No container is called `{1}`.',
    '`docker ps -a` lists them; to remove an image use `docker rmi`.',
  ],
  [
    'no-daemon',
    /Cannot connect to the Docker daemon at (\S{1,256})\. Is the docker daemon running\?/m,
    'The client found no engine at `{1}`.',
    'Restart the sandbox, or check `DOCKER_HOST`.',
  ],
];

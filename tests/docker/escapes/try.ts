// What a try to get out of a sandbox is, and the words that the tables of tries are written in.

/** Where a line is run, as root of that place. */
export type Place =
  /** The learner's computer. */
  | 'world'
  /** A container in it that was given everything that a learner can give. */
  | 'nested'
  /** The computer of another learner. */
  | 'neighbour'
  /** A container on the host's engine that was given what a privileged one has. */
  | 'granted';

export interface Try {
  name: string;
  /** A line for `sh` that ends with 0 only where it got what it wanted. Variables: see `Scene.variables`. */
  probe: string;
  /** Positive control: here the very same line does end with 0. */
  control: 'granted' | 'neighbour' | ControlInWorld;
  /** False where this machine does not have what is asked for. */
  when?: boolean;
}

/** In the learner's own computer, with something of their own in the place of what they must not reach. */
export interface ControlInWorld {
  before: string;
  after?: string;
  variables?: Readonly<Record<string, string>>;
}

export const x64 = process.arch === 'x64';
/** Numbers of system calls: x86-64, arm64. */
const CALLS = {
  add_key: [248, 217],
  bpf: [321, 280],
  clock_settime: [227, 112],
  fanotify_init: [300, 262],
  init_module: [175, 105],
  io_uring_setup: [425, 425],
  iopl: [172, -1],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  perf_event_open: [298, 241],
  pidfd_getfd: [438, 438],
  pidfd_open: [434, 434],
  process_vm_readv: [310, 270],
  ptrace: [101, 117],
  reboot: [169, 142],
  swapon: [167, 224],
  userfaultfd: [323, 282],
} as const;

export type Call = keyof typeof CALLS;

/** `syscall(…)` in Perl, which needs no compiler. */
export function call(name: Call, ...args: (string | number)[]): string {
  return `syscall(${[CALLS[name][x64 ? 0 : 1], ...args].join(', ')})`;
}

/** Ends with 0 where the last value is not negative. */
export function succeeds(...perl: string[]): string {
  return `perl -MSocket -e '${perl.slice(0, -1).join('; ')}; $r = ${perl.at(-1)}; print "$!\\n"; exit($r < 0)'`;
}

/** Ends with 0 where the kernel itself looked at the call, whatever it said then: control and try differ in who refuses. */
export function reaches(...perl: string[]): string {
  return `perl -MErrno -e '${perl.slice(0, -1).join('; ')}; $r = ${perl.at(-1)}; print "$!\\n"; exit($r < 0 && $!{EPERM})'`;
}

/** Writes to a file what it holds. */
export function rewrites(file: string): string {
  return `value=$(cat ${file}) && [ -n "$value" ] && echo "$value" > ${file}`;
}

/** Mounts a file system of this kind and finds `name` in it. */
export function mounts(kind: string, name: string, options = ''): string {
  return `dir=$(mktemp -d) && mount -t ${kind} ${options} none $dir && ls $dir | grep -q '${name}'; code=$?; umount $dir; exit $code`;
}

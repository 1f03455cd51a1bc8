// Tries at the kernel: its settings, calls that a container has no business with, more rights, other processes.

import { ELF32, RUNS_32_BIT } from './machine.ts';
import { call, reaches, rewrites, succeeds, type Try, x64 } from './try.ts';

const VICTIM = `tr '\\0' ' ' < /proc/$VICTIM/cmdline | grep -qx "$VICTIM_LINE"`;
const socket = (family: number, type = 'SOCK_RAW') =>
  reaches('use Socket', `socket(S, ${family}, ${type}, 0) ? 0 : -1`);

export const kernelTries: readonly Try[] = [
  ...[
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/kernel/threads-max',
    '/proc/sys/vm/swappiness',
    '/proc/sys/fs/file-max',
    '/proc/sys/net/core/bpf_jit_enable',
  ].map((file): Try => ({ name: `the setting ${file}`, probe: rewrites(file), control: 'granted' })),
  {
    name: 'a setting in /sys',
    probe: `mount -o remount,rw /sys; for file in /sys/kernel/mm/ksm/run /sys/kernel/mm/*/khugepaged/defrag /sys/kernel/profiling /sys/kernel/rcu_expedited; do ${rewrites('$file')} && exit 0; done; exit 1`,
    control: 'granted',
  },
  { name: 'the kernel’s log', probe: 'dmesg | grep -q .', control: 'granted' },
  {
    name: 'what /proc shows the host’s root only',
    probe:
      'for file in slabinfo vmallocinfo timer_list kpagecount; do head -c 64 /proc/$file | grep -qa . && exit 0; done; exit 1',
    control: 'granted',
  },
  { name: 'a kernel module', probe: reaches(call('init_module', 0, 0, 0)), control: 'granted' },
  { name: 'another kernel (kexec)', probe: reaches(call('kexec_load', 0, 0, 0, 0)), control: 'granted' },
  { name: 'a reboot', probe: reaches(call('reboot', 1, 2, 3, 0)), control: 'granted' },
  {
    name: 'the clock',
    probe: reaches('$t = pack("qq", 0, 2000000000)', call('clock_settime', 0, '$t')),
    control: 'granted',
  },
  { name: 'swap space', probe: reaches('$p = "/nowhere\\0"', call('swapon', '$p', 0)), control: 'granted' },
  { name: 'input and output ports', probe: reaches(call('iopl', 3)), control: 'granted', when: x64 },
  {
    name: 'a BPF map',
    probe: succeeds('$a = pack("IIII", 2, 4, 4, 1) . ("\\0" x 112)', call('bpf', 0, '$a', 128)),
    control: 'granted',
  },
  {
    name: 'performance events of every process',
    probe: succeeds('$a = pack("IIQ", 1, 112, 0) . ("\\0" x 96)', call('perf_event_open', '$a', -1, 0, -1, 0)),
    control: 'granted',
  },
  {
    name: 'a key in the kernel’s keyring',
    probe: succeeds(
      '$t = "user\\0", $d = "slipway\\0", $v = "x"',
      `($k = ${call('add_key', '$t', '$d', '$v', 1, -3)}) < 0 ? $k : ${call('keyctl', 3, '$k')}`,
    ),
    control: 'granted',
  },
  { name: 'a session keyring', probe: succeeds('1', call('keyctl', 1, 0)), control: 'granted' },
  { name: 'io_uring', probe: succeeds('$p = "\\0" x 120', call('io_uring_setup', 1, '$p')), control: 'granted' },
  { name: 'faults handled in user space', probe: succeeds('1', call('userfaultfd', 1)), control: 'granted' },
  { name: 'watching every access to files', probe: succeeds('1', call('fanotify_init', 0, 0)), control: 'granted' },
  { name: 'a socket to the hypervisor (AF_VSOCK)', probe: socket(40, 'SOCK_STREAM'), control: 'granted' },
  { name: 'a packet socket (AF_PACKET)', probe: socket(17), control: 'granted' },
  { name: 'the kernel’s ciphers (AF_ALG)', probe: socket(38), control: 'granted' },
  {
    name: 'IPsec (NETLINK_XFRM)',
    probe: reaches('use Socket', 'socket(S, 16, SOCK_RAW, 6) ? 0 : -1'),
    control: 'granted',
  },
  {
    name: 'the system calls for 32-bit programs',
    probe: `echo ${ELF32} | base64 -d > elf32 && chmod +x elf32 && ./elf32`,
    control: 'granted',
    when: RUNS_32_BIT,
  },
  {
    name: 'safety from the memory killer',
    probe: 'echo ${SCORE:--900} > /proc/self/oom_score_adj',
    control: { before: ':', variables: { SCORE: '900' } },
  },
  { name: 'a higher priority', probe: '[ "$(nice -n -5 nice)" = -5 ]', control: 'granted' },
  {
    name: 'a real-time priority',
    probe: 'chrt ${POLICY:--f 1} true',
    control: { before: ':', variables: { POLICY: '-b 0' } },
  },
  {
    name: 'more open files than it may have',
    probe: 'ulimit -n ${FILES:-$(($(ulimit -Hn) + 1))}',
    control: { before: ':', variables: { FILES: '100' } },
  },
  {
    name: 'a user id of another sandbox or of the host',
    probe: `perl -e 'use POSIX; exit(!setuid(70000))'`,
    control: 'granted',
  },
  { name: 'a signal to a process of the host', probe: `${VICTIM} && kill -0 $VICTIM`, control: 'granted' },
  {
    name: 'the memory of a process of the host',
    probe: `${VICTIM} && : < /proc/$VICTIM/mem`,
    control: 'granted',
  },
  {
    name: 'tracing a process of the host (PTRACE_SEIZE)',
    probe: `${VICTIM} && ${succeeds('1', call('ptrace', 0x4206, '$ENV{VICTIM}+0', 0, 0))}`,
    control: 'granted',
  },
  {
    name: 'tracing its own child',
    probe: succeeds('$p = fork() or sleep(2), exit', `$x = ${call('ptrace', 0x4206, '$p', 0, 0)}`),
    control: 'granted',
  },
  {
    name: 'a descriptor of a process of the host',
    probe: `${VICTIM} && ${succeeds(`$f = ${call('pidfd_open', '$ENV{VICTIM}+0', 0)}`, call('pidfd_getfd', '$f', 0, 0))}`,
    control: 'granted',
  },
];

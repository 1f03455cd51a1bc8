// Tries at the host: its engine, its files, devices, mounts and control groups.

import { existsSync } from 'node:fs';
import { CGROUP_V1, ROOT_DISK } from './machine.ts';
import { call, mounts, reaches, rewrites, type Try } from './try.ts';

const LISTS_CONTAINERS = (socket: string) =>
  `curl -sf -m 3 --unix-socket ${socket} 'http://engine/containers/json?all=1' | grep -q "$CONTAINER"`;
const EVERY_PROCESS = (line: string) => `for p in /proc/[0-9]*; do ${line} && exit 0; done; exit 1`;
const MOUNT_CGROUP = CGROUP_V1 ? 'mount -t cgroup -o memory cgroup $dir' : 'mount -t cgroup2 none $dir';
const IN_CGROUP = (line: string) =>
  `dir=$(mktemp -d) && ${MOUNT_CGROUP} && { ${line}; code=$?; umount $dir; exit $code; }`;

export const hostTries: readonly Try[] = [
  { name: 'the host engine’s socket', probe: LISTS_CONTAINERS('/var/run/docker.sock'), control: 'granted' },
  {
    name: 'the host engine’s socket through a process’s root',
    probe: EVERY_PROCESS(LISTS_CONTAINERS('$p/root/run/docker.sock')),
    control: 'granted',
  },
  { name: 'a file of the host by its path', probe: 'grep -q "$SECRET" "$HOST_DIR/secret"', control: 'granted' },
  {
    name: 'a file of the host through a process’s root',
    probe: EVERY_PROCESS('grep -qs "$SECRET" "$p/root$HOST_DIR/secret"'),
    control: 'granted',
  },
  {
    name: 'a file of the host through a process’s working folder',
    probe: EVERY_PROCESS('grep -qs "$SECRET" "$p/cwd/secret"'),
    control: 'granted',
  },
  {
    name: 'a file of the host through a process’s open files',
    probe: EVERY_PROCESS('[ -f $p/fd/0 ] && grep -qsa "$SECRET" $p/fd/0'),
    control: 'granted',
  },
  {
    name: 'a file by its handle (the shocker)',
    // struct file_handle: size, type, and room for 128 bytes; AT_FDCWD is -100.
    probe: reaches(
      '$h = pack("Ii", 128, 0) . ("\\0" x 128), $m = pack("i", 0), $path = "/data\\0"',
      call('name_to_handle_at', -100, '$path', '$h', '$m', 0),
    ).replace(
      'exit(',
      `open(D, "<", "/data"); $r = ${call('open_by_handle_at', 'fileno(D)', '$h', 0)}; print "$!\\n"; exit(`,
    ),
    control: 'granted',
  },
  {
    name: 'another root by nsenter',
    probe: EVERY_PROCESS('nsenter -t ${p#/proc/} -m grep -qs "$SECRET" "$HOST_DIR/secret"'),
    control: 'granted',
  },
  {
    name: 'a disk of the host by a device node',
    probe: 'node=$(mktemp -u) && mknod $node b 7 0 && : < $node',
    control: 'granted',
    when: existsSync('/dev/loop0'),
  },
  {
    name: 'the kernel’s messages by a device node',
    probe: 'node=$(mktemp -u) && mknod $node c 1 11 && dd if=$node bs=8192 count=1 2>/dev/null | grep -q .',
    control: 'granted',
  },
  ...['kmsg', 'fuse', 'loop-control', 'net/tun'].map(
    (device): Try => ({ name: `the device /dev/${device}`, probe: `: 3<>/dev/${device}`, control: 'granted' }),
  ),
  {
    name: 'a loop device',
    probe: 'head -c 65536 /dev/zero > $(pwd)/disk && loop=$(losetup --find --show $(pwd)/disk) && losetup -d $loop',
    control: 'granted',
  },
  { name: 'a mount of sysfs', probe: mounts('sysfs', 'kernel'), control: 'granted' },
  { name: 'a mount of debugfs', probe: mounts('debugfs', '.'), control: 'granted' },
  { name: 'a mount of tracefs', probe: mounts('tracefs', 'trace'), control: 'granted' },
  { name: 'a mount of devtmpfs', probe: mounts('devtmpfs', 'kmsg'), control: 'granted' },
  {
    name: 'a mount of a file system from a device',
    probe: `dir=$(mktemp -d) && node=$(mktemp -u) && mknod $node b ${ROOT_DISK?.numbers} && mount -t ${ROOT_DISK?.kind} $node $dir && umount $dir`,
    control: 'granted',
    when: ROOT_DISK !== null,
  },
  {
    name: 'a read-only mount made writable',
    probe: 'mount -o remount,bind,rw /hub && touch /hub/written && rm /hub/written',
    control: 'granted',
  },
  {
    name: 'a release agent for control groups',
    probe: IN_CGROUP('cat $dir/release_agent > agent && cat agent > $dir/release_agent'),
    control: 'granted',
    when: CGROUP_V1,
  },
  {
    name: 'leaving its control group',
    probe: IN_CGROUP('[ -e $dir/cgroup.procs ] && echo $$ > $dir/cgroup.procs'),
    control: 'granted',
  },
  {
    name: 'another limit of its own control group',
    probe: `for dir in /sys/fs/cgroup /sys/fs/cgroup/memory; do mount -o remount,rw,bind $dir; done 2>/dev/null; ${rewrites(CGROUP_V1 ? '/sys/fs/cgroup/memory/memory.limit_in_bytes' : '/sys/fs/cgroup/memory.max')}`,
    control: 'granted',
  },
];

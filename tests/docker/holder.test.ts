// The terminal holder in a real sandbox: what it must not lose, and what the learner must not be able to do to it.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HolderClient } from '../../server/terminal/holder-client.ts';
import { processorMs } from '../support/processor-time.ts';
import { docker, engineAnswers, inTime, type RawSandbox, rawSandbox, until } from '../support/raw-sandbox.ts';
import { RawShell, shellOf } from '../support/raw-shell.ts';

const SLOW = { timeout: 300_000 };
const NEW_SHELL = '[the shell ended; here is a new one]';

async function holderProcess({ name }: RawSandbox): Promise<{ pid: number; rssKiB: number }> {
  const { stdout } = await docker(['top', name, '-eo', 'pid,rss,args']);
  const line = stdout.split('\n').find((each) => each.includes('/holder --listen-fd')) ?? '';
  const [pid, rssKiB] = line.trim().split(/\s+/).map(Number);
  return { pid: pid ?? 0, rssKiB: rssKiB ?? 0 };
}

const hello = (role: number, version = 2) => Buffer.from([10, 0, 0, 0, 1, version, role, ...new Array(8).fill(0xff)]);
/** To one of the sandbox's terminals. */
const helloTo = (terminal: number, role = 0, version = 3) =>
  Buffer.from([11, 0, 0, 0, 1, version, role, ...new Array(8).fill(0xff), terminal]);
const input = (text: string) =>
  Buffer.concat([Buffer.from([text.length & 255, text.length >> 8, 0, 0, 2]), Buffer.from(text)]);
const CLOSE_FRAME = Buffer.from([1, 0, 0, 0, 4, 0]);

/** Whether the holder ends the connection on which this came. */
function isClosedAfter({ relayDir }: RawSandbox, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(relayDir, 'shell.sock'), () => socket.write(bytes));
    socket.resume();
    socket.on('close', () => resolve(true));
    socket.on('error', () => resolve(true));
    setTimeout(() => (socket.destroy(), resolve(false)), 1500).unref();
  });
}

describe('replay', () => {
  it('is exact after 100 readers were cut off in a big stream', SLOW, async () => {
    await using sandbox = await rawSandbox();
    const lines = 3_000_000;
    const expected = createHash('sha256');
    for (let n = 1; n <= lines; n++) expected.update(`${String(n).padStart(7, '0')}\n`);

    using shell = await RawShell.open(sandbox);
    const { next, id } = await HolderClient.connect(shellOf(sandbox), { role: 'watcher', from: 'live' }).then(
      (client) => {
        client.close();
        return client.welcome;
      },
    );
    shell.type(`stty -opost -echo; printf 'BE''GIN\\n'; seq -w 1 ${lines}; printf 'E''ND\\n'\r`);
    shell.client.close();

    let at = next;
    let cuts = 0;
    const parts: Buffer[] = [];
    for (let ended = false; !ended; ) {
      const client = await HolderClient.connect(shellOf(sandbox), { role: 'owner', from: at });
      expect(client.welcome).toMatchObject({ id, start: at });
      const most = cuts < 100 ? Math.floor(Math.random() * 300_000) : Number.POSITIVE_INFINITY;
      await new Promise<void>((resolve) => {
        let read = 0;
        client.onOutput = (bytes, offset) => {
          expect(offset).toBe(at);
          parts.push(Buffer.from(bytes));
          at += bytes.length;
          read += bytes.length;
          ended ||= Buffer.concat(parts.slice(-2)).includes('END\n');
          if (ended || read > most) resolve();
        };
        client.onClose = () => resolve();
        client.resume();
      });
      client.close();
      if (!ended) cuts++;
    }
    const all = Buffer.concat(parts);
    const stream = all.subarray(all.indexOf('BEGIN\n') + 6, all.indexOf('END\n'));
    expect(cuts).toBeGreaterThanOrEqual(100);
    expect(stream.length).toBe(lines * 8);
    expect(createHash('sha256').update(stream).digest('hex')).toBe(expected.digest('hex'));
  });

  it('tells a slow watcher exactly how much it missed', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const watcher = await HolderClient.connect(shellOf(sandbox), { role: 'watcher', from: 0 });
    let read = 0;
    let missed = 0;
    let offset = 0;
    watcher.onOutput = (bytes, at) => {
      expect(at).toBe(offset);
      offset += bytes.length;
      read += bytes.length;
    };
    watcher.onGap = (bytes) => {
      missed += bytes;
      offset += bytes;
    };
    await shell.run('seq 1 2000000\r', 60_000);
    watcher.resume();
    await until(5000, 'the watcher has caught up', () => offset === shell.text.length);
    expect(missed).toBeGreaterThan(4 << 20);
    expect(read + missed).toBe(shell.text.length);
    watcher.close();
  });
});

describe('an owner who stalls', () => {
  it('stops the program and costs no memory', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    shell.client.pause();
    shell.type('yes 0123456789\r');
    const written = async () =>
      Number((await sandbox.exec("awk '/wchar/ {print $2}' /proc/$(pgrep -x yes)/io")).stdout);
    let before = -1;
    await until(10_000, 'yes has stopped', async () => {
      const now = await written();
      const still = now > 100_000 && now === before;
      before = now;
      if (!still) await delay(200);
      return still;
    });
    const { rssKiB } = await holderProcess(sandbox);
    await delay(1000);
    expect(await written()).toBe(before);
    expect((await holderProcess(sandbox)).rssKiB).toBeLessThanOrEqual(rssKiB + 64);
    expect(rssKiB).toBeLessThan(6 * 1024);
    shell.client.resume();
    await until(5000, 'yes goes on', async () => (await written()) > before);
    shell.type('\x03');
  });
});

describe('the further terminals', () => {
  const holders = async ({ name }: RawSandbox) =>
    (await docker(['top', name, '-eo', 'pid,args'])).stdout
      .split('\n')
      .flatMap((line) => /--number (\d)/.exec(line)?.[1] ?? []);

  it(
    'are started for whoever names them rightly, and no frame that is not right starts or ends one',
    SLOW,
    async () => {
      await using sandbox = await rawSandbox();
      using shell = await RawShell.open(sandbox);
      const bad: Buffer[] = [
        helloTo(8),
        helloTo(255),
        helloTo(1, 2),
        helloTo(1, 0, 2),
        helloTo(1, 0, 4),
        hello(0, 3),
        Buffer.concat([hello(0), helloTo(1)]),
        Buffer.concat([hello(0), CLOSE_FRAME]),
        Buffer.concat([helloTo(0), CLOSE_FRAME]),
        Buffer.from([12, 0, 0, 0, 1, 3, 0, ...new Array(8).fill(0xff), 1, 0]),
      ];
      expect(await Promise.all(bad.map((bytes) => isClosedAfter(sandbox, bytes)))).toEqual(bad.map(() => true));
      expect(await holders(sandbox)).toEqual([]);
      const right = [helloTo(0), helloTo(1), helloTo(7, 1)];
      expect(await Promise.all(right.map((bytes) => isClosedAfter(sandbox, bytes)))).toEqual([false, false, false]);
      expect((await holders(sandbox)).sort()).toEqual(['1', '7']);

      // What comes before the WELCOME of one that is handed on is told to nobody; a broken frame after it ends that client only.
      const second = await inTime(
        'the second terminal’s WELCOME',
        HolderClient.connect(shellOf(sandbox), { role: 'owner', terminal: 1, from: 0 }),
      );
      expect(await isClosedAfter(sandbox, Buffer.concat([helloTo(1), input('touch /tmp/early\r')]))).toBe(false);
      let text = '';
      second.onOutput = (bytes) => {
        text += bytes.toString('latin1');
      };
      second.resume();
      second.write(Buffer.from('ls /tmp/early; echo sec""ond\r'));
      await until(5000, 'the second terminal', () => text.includes('second\r'));
      expect(text).toContain('No such file');
      for (const bytes of [input(''), Buffer.concat([CLOSE_FRAME, CLOSE_FRAME]).fill(4, 0, 1)]) {
        const broken = connect(join(sandbox.relayDir, 'shell.sock'), () => broken.write(helloTo(1, 1)));
        broken.once('data', () => broken.write(bytes));
        broken.resume();
        await until(5000, 'the end of who sent a broken frame', () => broken.closed);
      }
      second.write(Buffer.from('echo st""ill\r'));
      await until(5000, 'the second terminal, unharmed', () => text.includes('still\r'));
      expect((await shell.run('echo un""hurt\r')).text).toContain('unhurt');

      // Who is handed on is the other holder's alone, also where that one reads no more of them.
      const pushy = connect(join(sandbox.relayDir, 'shell.sock'), () => pushy.write(helloTo(7)));
      pushy.on('error', () => {});
      pushy.once('data', () => {
        pushy.write(Buffer.concat([input('sleep 1000\r'), ...new Array(40).fill(input('x'.repeat(65_535)))]));
      });
      pushy.resume();
      await until(
        5000,
        'the end of what it is read of',
        () => pushy.writableLength > 0 && pushy.bytesWritten > 1 << 20,
      );
      const { pid } = await holderProcess(sandbox);
      const beganMs = processorMs(pid);
      await delay(1000);
      expect(processorMs(pid) - beganMs).toBeLessThan(200);
      pushy.destroy();

      // It ends with its owner's word, and comes back for the next who asks.
      second.closeTerminal();
      await until(5000, 'its end', async () => !(await holders(sandbox)).includes('1'));
      expect(await isClosedAfter(sandbox, helloTo(1))).toBe(false);
      expect(await holders(sandbox)).toContain('1');
    },
  );
});

describe('the shell', () => {
  it('is followed by a new one in the same ring when it ends', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const { id } = shell.client.welcome;
    await shell.run('a=old\r');
    await shell.run('exit\r');
    expect(shell.text).toContain(NEW_SHELL);
    expect((await shell.run('echo "[$a]"\r')).text).toContain('[]\r');
    const again = await HolderClient.connect(shellOf(sandbox), { role: 'watcher', from: 0 });
    expect(again.welcome).toMatchObject({ id, oldest: 0, next: shell.text.length });
    again.close();
  });

  it('comes back after the learner has killed everything', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const { pid } = await holderProcess(sandbox);
    const attacks: [attack: string, newShell: boolean][] = [
      ['kill -9 -1', true],
      ['kill -9 1', false],
      ['pkill -9 shell-host', true],
      ['kill -9 $$', true],
      [`kill -9 ${pid}`, false],
      ['pkill -9 -x holder', false],
    ];
    for (const [attack, newShell] of attacks) {
      const from = shell.text.length;
      shell.type(`${attack}\r`);
      const kinds = () => shell.marks(from).map(({ kind }) => kind);
      await shell.until(
        () => kinds().includes('B', newShell ? kinds().indexOf('S') : 0) && (!newShell || kinds().includes('S')),
        `a prompt after ${attack}`,
      );
      expect((await shell.run(`echo al''ive-${from}\r`)).text).toContain(`alive-${from}\r`);
    }
    expect(shell.text).toContain(NEW_SHELL);
    expect(shell.closed).toBeNull();
    expect((await holderProcess(sandbox)).pid).toBe(pid);
    await until(20_000, 'the engine is back', () => engineAnswers(sandbox));
  });

  it('starts without its start-up files when those end it', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    await shell.run('echo exit > ~/.bashrc\r');
    shell.type('exit\r');
    await shell.until((text) => text.includes('bash-5'), 'the prompt of a bare bash');
    const from = shell.text.length;
    shell.type('rm ~/.bashrc; echo res""cued\r');
    await shell.until((text) => text.indexOf('rescued\r', from) >= 0, 'a shell without start-up files');
  });

  it('survives the death of its holder', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    await shell.run('kept=yes\r');
    const { pid } = await holderProcess(sandbox);
    process.kill(pid, 'SIGKILL');
    await until(5000, 'the connection ends', () => shell.closed !== null);
    let next: HolderClient | null = null;
    await until(5000, 'another holder', async () => {
      next = await HolderClient.connect(shellOf(sandbox), {
        role: 'owner',
        from: 0,
        signal: AbortSignal.timeout(1000),
      }).catch(() => null);
      return next !== null;
    });
    const client = next as unknown as HolderClient;
    expect(client.welcome.id).not.toBe(shell.client.welcome.id);
    let text = '';
    client.onOutput = (bytes) => {
      text += bytes.toString('latin1');
    };
    client.resume();
    client.write(Buffer.from('echo "kept=$kept."\r'));
    await until(5000, 'the same shell', () => text.includes('kept=yes.'));
    expect(text).not.toContain(NEW_SHELL);
    client.close();
  });
});

/** In the place of shell-host: hands over what is no terminal, and lets the real one go on. */
const FALSE_HOST = `#!/usr/bin/perl
use Socket; use POSIX ();
my $sendmsg = (POSIX::uname())[4] eq "x86_64" ? 46 : 211;
sub hand { my ($bytes, @fds) = @_;
  my $control = @fds ? pack("Q l l l*", 16 + 4 * @fds, 1, 1, @fds) : ""; $control .= "\\0" x (-length($control) % 8);
  my $data = pack("P Q", $bytes, length $bytes);
  my $message = pack("Q Q P Q P Q Q", 0, 0, $data, 1, $control, length $control, 0);
  $handed++ if syscall($sendmsg, 3, $message, 0) >= 0 }
open(my $file, "+>", "/tmp/plain"); open(my $null, "+<", "/dev/null"); pipe(my $in, my $out); socket(my $socket, AF_INET, SOCK_STREAM, 0);
socketpair(my $a, my $b, AF_UNIX, SOCK_SEQPACKET, 0); open(my $tty, "+<", "/dev/pts/ptmx");
my @all = map { fileno $_ } $file, $null, $in, $out, $socket, $a;
hand("M", $_) for @all;
hand("M", @all); hand("M", (fileno $null) x 250); hand("N", fileno $b); hand("N"); hand("M" x 60_000); hand("S"); hand("R");
hand("M", fileno $tty);
open(my $told, ">", "/tmp/handed"); print $told $handed; close $told;
exec "/tmp/real", "--channel-fd", "3";
`;

describe('the channel, whose other end is the learner’s', () => {
  it('takes nothing but terminals, keeps nothing else, and starts nothing', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const { pid } = await holderProcess(sandbox);
    const held = () => readdirSync(`/proc/${pid}/fd`).length;
    const before = held();
    await sandbox.exec('cat > /tmp/false && chmod +x /tmp/false', Buffer.from(FALSE_HOST));
    const from = shell.text.length;
    const host = '/usr/local/lib/slipway/shell-host';
    shell.type(`cp ${host} /tmp/real && mount --bind /tmp/false ${host} && pkill -9 -x shell-host\r`);
    await until(15_000, 'the real one', async () => {
      const { stdout } = await sandbox.exec('pgrep -x -a real || true');
      return stdout.includes('/tmp/real');
    });
    await shell.until(() => shell.marks(from).some(({ kind }) => kind === 'S'), 'the shell of the real one', 15_000);
    expect((await sandbox.exec('cat /tmp/handed; wc -c < /tmp/plain')).stdout).toBe('140\n');
    await until(5000, 'as few descriptors as before', () => held() === before);
    expect((await holderProcess(sandbox)).pid).toBe(pid);
    expect((await docker(['top', sandbox.name, '-eo', 'args'])).stdout).not.toContain('--number');
    expect((await shell.run('echo un""hurt\r')).text).toContain('unhurt');
  });
});

describe('input', () => {
  it('arrives whole when it is far bigger than every queue', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const paste = Array.from({ length: 60_000 }, (_, n) => `line ${n} of what is pasted, and more of it\n`).join('');
    shell.type('stty -echo; cat > /tmp/pasted\r');
    await delay(300);
    expect(shell.client.write(Buffer.from(paste))).toBe(true);
    shell.type('\x04');
    await shell.run('stty echo\r', 30_000);
    const { stdout } = await sandbox.exec('sha256sum < /tmp/pasted');
    expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(paste).digest('hex'));
  });

  it('is thrown away by a Ctrl-C, which acts at once', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    shell.type('sleep 100\r');
    await shell.until(() => shell.marks().at(-1)?.kind === 'C', 'sleep runs');
    shell.type('touch /tmp/pasted-line-ran\r'.repeat(120_000));
    await delay(500);
    const from = shell.text.length;
    const started = performance.now();
    shell.type('\x03');
    await shell.until(() => shell.marks(from).some(({ kind }) => kind === 'B'), 'the prompt');
    expect(performance.now() - started).toBeLessThan(1000);
    expect((await shell.run('ls /tmp/pasted-line-ran\r')).text).toContain('No such file');
  });

  it('is refused from a watcher, and so are malformed frames, while the owner goes on', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const closedAfter = (bytes: Buffer) => isClosedAfter(sandbox, bytes);
    expect(await Promise.all([hello(0), hello(1)].map(closedAfter))).toEqual([false, false]);
    const bad: Buffer[] = [
      Buffer.concat([hello(1), Buffer.from([1, 0, 0, 0, 2, 0x78])]),
      Buffer.concat([hello(0), hello(0)]),
      Buffer.concat([hello(0), Buffer.from([0, 0, 0, 0, 2])]),
      Buffer.concat([hello(0), Buffer.from([1, 0, 16, 0, 2])]),
      Buffer.concat([hello(0), Buffer.from([3, 0, 0, 0, 3, 0, 0, 0])]),
      Buffer.concat([hello(0), Buffer.from([0xff, 0xff, 0xff, 0xff, 99])]),
      Buffer.from([10, 0, 0, 0, 1, 9, 0, ...new Array(8).fill(0)]),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ];
    for (const bytes of bad) expect(await closedAfter(bytes)).toBe(true);
    await Promise.all(
      Array.from({ length: 200 }, () => closedAfter(Buffer.concat([hello(0), Buffer.from([9, 9, 9, 9, 9])]))),
    );
    expect((await shell.run('echo un""hurt\r')).text).toContain('unhurt');
  });

  it('sets the size, of the next shell too; none and too much of it are no size', SLOW, async () => {
    await using sandbox = await rawSandbox();
    using shell = await RawShell.open(sandbox);
    const resize = (...bytes: number[]) => Buffer.concat([hello(0), Buffer.from([4, 0, 0, 0, 3, ...bytes])]);
    const odd = [resize(0, 0, 0, 0), resize(0, 0, 50, 0), resize(0xff, 0xff, 0xff, 0xff)];
    expect(await Promise.all(odd.map((bytes) => isClosedAfter(sandbox, bytes)))).toEqual([false, false, false]);
    // A prompt that is drawn anew for its new size is no prompt after a command.
    const isSize = async (size: string) => {
      const from = shell.text.length;
      shell.type('stty size\r');
      await shell.until((text) => text.slice(from).includes(`${size}\r`), `the size ${size}`);
    };
    await isSize('2000 2000');
    shell.client.resize(123, 45);
    await isSize('45 123');
    shell.type('exit\r');
    await shell.until((text) => text.includes(NEW_SHELL), 'a new shell');
    await isSize('45 123');
  });
});

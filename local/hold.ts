import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart, reason } from './cannot-start.ts';

/** A data folder in use by this process and by no other; what a killed one left behind is cleared away. */
export interface Hold {
  /** Writes down the process that works on the folder for us, so that the next start can end it if we can't. */
  worker(child: ChildProcess): void;
  release(): void;
}

/** Takes a data folder, making it when it isn't there. */
export function hold(folder: string): Hold {
  const lock = take(folder);
  const note = join(folder, 'worker.json');
  endOrphan(note);
  return {
    worker: ({ pid, spawnargs }) => {
      if (pid) writeFileSync(note, JSON.stringify({ pid, command: spawnargs.join(' ') }));
    },
    release: () => {
      rmSync(note, { force: true });
      lock.close();
    },
  };
}

/** A lock that the system lets go when its process dies, however that happens: SQLite's. */
function take(folder: string): DatabaseSync {
  try {
    make(folder);
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'));
  } catch (error) {
    throw new CannotStart(`The data folder ${folder} can't be written: ${reason(error)}`);
  }
  // One that is just stopping gets the time for it.
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 5_000 });
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch {
    lock.close();
    throw new CannotStart(`Another Footfall is running on the data folder ${folder}: stop it first.`);
  }
}

/** `mkdirSync` with `recursive` never returns where a folder refuses with ENOENT, as those of /proc do. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) make(dirname(folder));
  mkdirSync(folder);
}

/** workerd outlives a killed Node, keeps its port and writes on. Only the very command that we started is ended. */
function endOrphan(note: string): void {
  if (!existsSync(note)) return;
  const { pid, command } = JSON.parse(readFileSync(note, 'utf8')) as { pid: number; command: string };
  if (commandOf(pid) === command) {
    process.kill(pid, 'SIGKILL');
    while (commandOf(pid) === command) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  rmSync(note);
}

function commandOf(pid: number): string | undefined {
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
    }
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.trim();
  } catch {
    return undefined; // there is no such process
  }
}

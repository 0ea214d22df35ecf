import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a program may take to end before it is killed. */
const STOP_LIMIT_MS = 20_000;

/**
 * The programs of a run folder. Each has its number in `pids` and writes to `logs`, so that another process finds them too. They
 * lead a process group of their own: Ctrl-C in a terminal does not reach them all at once.
 */
export class Processes {
  public constructor(private readonly folder: string) {
    ['pids', 'logs'].forEach((name) => fs.mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 }));
  }

  /** Starts a program; its log goes on where it was. */
  public start(name: string, command: string, args: readonly string[]): void {
    const log = fs.openSync(this.logFile(name), 'a', 0o600);
    const child = spawn(command, args, {
      cwd: this.folder,
      detached: true,
      env: { PATH: process.env['PATH'], HOME: this.folder },
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    child.on('error', (error) => fs.appendFileSync(this.logFile(name), `${error.message}\n`));
    if (child.pid !== undefined) {
      fs.writeFileSync(this.pidFile(name), String(child.pid));
    }
    child.unref();
  }

  /** Ends a program, and waits until it is gone. */
  public async stop(name: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const pid = this.pidOf(name);
    if (pid !== undefined) {
      process.kill(pid, signal);
      const limit = Date.now() + STOP_LIMIT_MS;
      while (this.pidOf(name) !== undefined) {
        if (Date.now() > limit) process.kill(pid, 'SIGKILL');
        await sleep(50);
      }
    }
    fs.rmSync(this.pidFile(name), { force: true });
  }

  /** The number of a program that runs. */
  public pidOf(name: string): number | undefined {
    if (!fs.existsSync(this.pidFile(name))) return undefined;
    const pid = Number(fs.readFileSync(this.pidFile(name), 'utf8'));
    return argumentsOfProcess(pid).includes(this.folder) ? pid : undefined;
  }

  /** Everything that a program has said. */
  public logs(name: string): string {
    return fs.existsSync(this.logFile(name)) ? fs.readFileSync(this.logFile(name), 'utf8') : '';
  }

  private logFile(name: string): string {
    return path.join(this.folder, 'logs', `${name}.log`);
  }

  private pidFile(name: string): string {
    return path.join(this.folder, 'pids', name);
  }
}

/** The command line of a process; empty when it has ended. A number alone may be that of another program by now. */
function argumentsOfProcess(pid: number): string {
  return ps(pid, 'args');
}

/** What tells this process from any other of the same number, before and after. */
export function processMark(pid: number): string {
  return `${pid} ${ps(pid, 'lstart').trim()}`;
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // ps ends with 1 when there is no such process
  }
}

/**
 * Asks again and again.
 *
 * @throws with `what` when the limit has passed; with whatever `check` throws
 */
export async function until(what: string, check: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > limit) {
      throw new Error(`${what}: not after ${limitMs / 1000} s`);
    }
    await sleep(50);
  }
}

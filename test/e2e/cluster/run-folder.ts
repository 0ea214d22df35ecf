import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import type { Socket } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { processMark } from './processes';

const PREFIX = 'cdk8s-hardened-cluster-';
const KEEPER = path.join(__dirname, 'keeper.sh');
const OWNER = 'owner';

/**
 * The folder of one run: everything that a cluster writes, and the numbers of its programs. It belongs to the process that made
 * it: when that is gone, however it ended, so are the programs and the folder. A keeper sees to it, which is a process of its own
 * since a killed one can do nothing, and a test in jest hears of no signal.
 */
export class RunFolder {
  private constructor(
    public readonly path: string,
    private readonly keeper?: ChildProcess,
  ) {}

  /** Makes one: with a unique name in the folder of temporary files, or the named one, which must not be there. */
  public static make(named?: string): RunFolder {
    if (named === undefined) sweep();
    else fs.mkdirSync(named, { mode: 0o700 });
    const folder = named ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), PREFIX));
    fs.writeFileSync(path.join(folder, OWNER), processMark(process.pid));
    const keeper = spawn('bash', [KEEPER, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    keeper.unref();
    (keeper.stdin as Socket).unref();
    return new RunFolder(folder, keeper);
  }

  /** One that another process made. */
  public static of(folder: string): RunFolder {
    return new RunFolder(folder);
  }

  /** From now on it outlives this process. */
  public async release(): Promise<void> {
    fs.rmSync(path.join(this.path, OWNER));
    await this.endKeeper('release\n');
  }

  /** Removes it; its programs have ended. */
  public async remove(): Promise<void> {
    fs.rmSync(this.path, { recursive: true, force: true });
    await this.endKeeper('');
  }

  private async endKeeper(word: string): Promise<void> {
    if (this.keeper && this.keeper.exitCode === null) {
      const ended = once(this.keeper, 'exit');
      this.keeper.ref();
      this.keeper.stdin?.end(word);
      await ended;
    }
  }
}

/** Clears away the run folders whose owner is gone and whose keeper could not. */
function sweep(): void {
  const tmp = fs.realpathSync(os.tmpdir());
  for (const name of fs.readdirSync(tmp).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmp, name);
    if (isStale(folder)) {
      spawnSync('bash', [KEEPER, folder], { input: '', stdio: ['pipe', 'ignore', 'ignore'] });
      process.stderr.write(`cluster: cleared away ${folder}, whose owner is gone\n`);
    }
  }
}

function isStale(folder: string): boolean {
  const file = path.join(folder, OWNER);
  const owner = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  return owner !== undefined && processMark(Number(owner.split(' ')[0])) !== owner;
}

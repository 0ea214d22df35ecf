import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The manifests that an example writes, as one stream of YAML. */
export function exampleManifests(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  try {
    const outdir = path.join(folder, 'manifests');
    execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: path.join(__dirname, '..', 'examples', name),
      env: { ...process.env, CDK8S_OUTDIR: outdir },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const files = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
    return files.map((file) => fs.readFileSync(path.join(outdir, file), 'utf8')).join('\n---\n');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

import * as fs from 'node:fs';
import * as path from 'node:path';

/** Version of this package. */
export function packageVersion(): string {
  const file = path.join(__dirname, '..', '..', 'package.json'); // two folders up in the sources and in the build
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}

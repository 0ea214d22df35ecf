/**
 * Writes what is made from the schema of the blueprint: the JSON schema for editors, and the reference in the docs.
 *
 *   npm run generate
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { GENERATED } from './generated';

for (const [file, content] of Object.entries(GENERATED())) {
  fs.writeFileSync(path.join(__dirname, '..', file), content);
}

/**
 * Writes what is made from data: the JSON schema of the blueprint, its reference, the pages of controls and rules.
 *
 *   npm run generate
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { GENERATED } from './generated';

for (const [file, content] of Object.entries(GENERATED())) {
  fs.writeFileSync(path.join(__dirname, '..', file), content);
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { GENERATED } from '../../scripts/generated';

it.each(Object.entries(GENERATED()))('%s is current (npm run generate)', (file, content) => {
  expect(fs.readFileSync(path.join(__dirname, '../..', file), 'utf8')).toBe(content);
});

/**
 * Writes the table of kinds that @pulumi/kubernetes has classes for, from the version that is installed.
 *
 *   npm run generate:pulumi-kinds
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pulumiKinds } from './pulumi-kinds';

fs.writeFileSync(path.join(__dirname, '..', 'src/pulumi/kinds.gen.ts'), pulumiKinds());

/** Lints each `[file, line]` of standard input as if the line stood in the file; prints the rule ids of each as JSON. */
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = path.join(import.meta.dirname, '../..');
// Without the rules that need types: to have those takes longer than all else, and none of the lines is about them.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });
const results = [];
for (const [file, line] of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: path.join(root, file) });
  results.push(result.messages.map(({ ruleId }) => String(ruleId)));
}
process.stdout.write(JSON.stringify(results));

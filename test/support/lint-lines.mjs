/** Lints each `[file, line]` of standard input as if the line stood in the file; prints the rule ids of each as JSON. */
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const root = path.join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });
const results = [];
for (const [file, line] of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: path.join(root, file) });
  results.push(result.messages.map(({ ruleId }) => String(ruleId)));
}
process.stdout.write(JSON.stringify(results));

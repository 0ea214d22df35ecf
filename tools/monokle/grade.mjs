/**
 * Judges manifests with Monokle's validators, all rules on: those of Pod Security `restricted` are off unless named.
 *
 *   node grade.mjs FILE...      prints `rule<TAB>message` for each finding, and a last JSON line
 */
import * as fs from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { createDefaultMonokleValidator } from '@monokle/validation';

/** Everything that works without a network: `kubernetes-schema` and `open-policy-agent` download. */
const PLUGINS = ['yaml-syntax', 'pod-security-standards', 'practices', 'resource-links', 'metadata'];

const resources = process.argv.slice(2).flatMap((file) =>
  parseAllDocuments(fs.readFileSync(file, 'utf8')).flatMap((document, index) => {
    const content = document.toJS();
    const { name, namespace } = content?.metadata ?? {};
    const identity = { id: `${file}#${index}`, fileId: file, filePath: file, fileOffset: 0, name, namespace };
    return content === null ? [] : [{ ...identity, kind: content.kind, apiVersion: content.apiVersion, text: String(document), content }];
  }),
);

const plugins = Object.fromEntries(PLUGINS.map((plugin) => [plugin, true]));
const validator = createDefaultMonokleValidator();
await validator.preload({ plugins });
const rules = Object.fromEntries(
  Object.entries(validator.rules).flatMap(([plugin, own]) => own.filter((rule) => !/^custom-/.test(rule.name)).map((rule) => [`${plugin}/${rule.name}`, 'err'])),
);
await validator.preload({ plugins, rules });
const { runs } = await validator.validate({ resources });
const findings = runs.flatMap((run) =>
  run.results.map((result) => {
    const rule = run.tool.driver.rules?.find(({ id }) => id === result.ruleId)?.name ?? result.ruleId;
    return [`${run.tool.driver.name}/${rule}`, result.message.text];
  }),
);
findings.forEach((finding) => process.stdout.write(`${finding.join('\t')}\n`));
process.stdout.write(`${JSON.stringify({ objects: resources.length, rules: Object.keys(rules).length, findings: findings.length })}\n`);

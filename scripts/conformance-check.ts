/**
 * Holds what `check` finds in an application against a list in which every finding is explained: neither more nor less.
 *
 *   npm run conformance:check -- <kubernetes-manifests.yaml>
 *   npm run conformance:check -- <kubernetes-manifests.yaml> --update
 *
 * `--update` rewrites the list. What it has not seen before comes to stand in a group without a reason, which fails until
 * somebody has looked whether it is true, and has written down why.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { nameOf, PlatformSettings, readYaml } from '../src';
import { checkManifests } from '../src/report';

const LIST = path.join(__dirname, '../test/data/online-boutique-findings.yaml');
const HEADER = '# What `check` finds in the original Online Boutique, and why each of it is true. See scripts/conformance-check.ts.\n';
const GROUPS = z.array(z.strictObject({ rule: z.string(), why: z.string(), found: z.array(z.string()) }));
type Group = z.infer<typeof GROUPS>[number];

/** A finding as the list has it: the rule, and `Kind/name`, with the container behind it where it is about one. */
interface Row {
  readonly rule: string;
  readonly found: string;
}

async function main(file: string | undefined, update: boolean): Promise<void> {
  if (file === undefined || !fs.existsSync(file)) {
    throw new Error('Usage: npm run conformance:check -- <kubernetes-manifests.yaml> [--update]');
  }
  const expected = GROUPS.parse(readYaml(LIST).value);
  const found = await findingsIn(file);
  const groups = update ? updated(expected, found) : expected;
  if (update) {
    fs.writeFileSync(LIST, HEADER + stringify(groups, { lineWidth: 130 }));
  }
  const listed = groups.flatMap(({ rule, found: rows }) => rows.map((row) => ({ rule, found: row })));
  const unexplained = groups.filter(({ why }) => why.trim() === '').flatMap(({ rule, found: rows }) => rows.map((row) => `${rule} ${row}`));
  const problems = [
    ...without(found, listed).map(({ rule, found: row }) => `NEW  ${rule} ${row}: found, and not in the list`),
    ...without(listed, found).map(({ rule, found: row }) => `STALE  ${rule} ${row}: in the list, and not found`),
    ...unexplained.map((row) => `UNEXPLAINED  ${row}: nobody says why it is true`),
  ];
  problems.forEach((problem) => process.stdout.write(`${problem}\n`));
  process.stdout.write(`${found.length} findings of ${new Set(found.map(({ rule }) => rule)).size} rules, ${problems.length} problems\n`);
  process.exitCode = problems.length > 0 || found.length === 0 ? 1 : 0;
}

async function findingsIn(file: string): Promise<Row[]> {
  const settings = PlatformSettings.from();
  const { assessment, unread } = await checkManifests({ paths: [file], settings, failOn: 'low', version: '' });
  if (unread.length > 0) {
    throw new Error(`${file} was not read: ${JSON.stringify(unread)}`);
  }
  return assessment.findings.map(({ rule, target: { object, container } }) => ({
    rule,
    found: [object && `${object.kind}/${nameOf(object)}`, container].filter(Boolean).join(' '),
  }));
}

/** The list with what is found now: rows stay in their group, new ones go to a group of their own without a reason. */
function updated(groups: readonly Group[], found: readonly Row[]): Group[] {
  const kept = groups.map((group) => ({ ...group, found: group.found.filter((row) => has(found, { rule: group.rule, found: row })) }));
  const listed = kept.flatMap(({ rule, found: rows }) => rows.map((row) => ({ rule, found: row })));
  const added = without(found, listed);
  const rules = [...new Set(added.map(({ rule }) => rule))];
  return [
    ...kept.filter(({ found: rows }) => rows.length > 0),
    ...rules.map((rule) => ({ rule, why: '', found: added.filter((row) => row.rule === rule).map((row) => row.found) })),
  ];
}

function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  return rows.filter((row) => !has(others, row));
}

function has(rows: readonly Row[], { rule, found }: Row): boolean {
  return rows.some((row) => row.rule === rule && row.found === found);
}

const args = process.argv.slice(2);
void main(
  args.find((arg) => !arg.startsWith('--')),
  args.includes('--update'),
);

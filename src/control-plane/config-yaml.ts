import { stringify } from 'yaml';

/**
 * Configuration as YAML for programs that read YAML 1.1: `on`, `yes` or `12:30:45` as strings are quoted, long lines are not
 * folded, and nothing is an alias. Fields stay in the order given, which a reader of the upstream docs expects.
 */
export function configYaml(...documents: readonly object[]): string {
  return documents.map((document) => stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}

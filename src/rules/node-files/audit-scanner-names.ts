import type { AuditPolicy } from './audit-policy';
import type { NodeFileProblem } from './node-file-problem';

/** What CIS 3.2.2 asks to cover, and Kubescape C-0161 looks for by its literal name. Every rule that names a credential has level Metadata. */
const CREDENTIALS = ['secrets', 'configmaps', 'tokenreviews'] as const;
/** No rule that names one of these has level None. */
const COVERED = ['pods', 'deployments', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy'] as const;

/**
 * Where Kubescape C-0161 fails: it reads names and not meanings, in any group, so that a rule for a whole group counts for
 * nothing, and one that drops a single ConfigMap fails the policy.
 */
export function namedForScanners({ rules }: AuditPolicy): NodeFileProblem[] {
  const named = (name: string): number[] =>
    rules.flatMap(({ resources = [] }, index) => (resources.some((group) => group.resources?.includes(name)) ? [index] : []));
  const missing = [...CREDENTIALS, ...COVERED].filter((name) => named(name).length === 0);
  const refused = [
    ...CREDENTIALS.flatMap((name) =>
      named(name).map((index) => ({ name, index, allowed: 'level Metadata', fails: rules[index]?.level !== 'Metadata' })),
    ),
    ...COVERED.flatMap((name) =>
      named(name).map((index) => ({ name, index, allowed: 'level Metadata or above', fails: rules[index]?.level === 'None' })),
    ),
  ].filter(({ fails }) => fails);
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            field: 'rules',
            message: `name no ${missing.join(', ')}: CIS 3.2.2 asks to cover them, and Kubescape C-0161 looks for the names`,
            control: 'LOG-01' as const,
            remedy: 'name each in a rule, credentials at level Metadata, the others at Metadata or above',
          },
        ]),
    ...refused.map(({ name, index, allowed }) => ({
      field: `rules[${index}].level`,
      message: `is ${rules[index]?.level} in a rule that names ${name}, which Kubescape C-0161 refuses whatever else the rule says`,
      control: 'LOG-01' as const,
      remedy: `give it ${allowed}, or do not name ${name} in it`,
    })),
  ];
}

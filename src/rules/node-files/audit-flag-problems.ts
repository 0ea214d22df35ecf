import type { NodeFileProblem } from './node-file-problem';

/** Least values of the flags that bound the log (CIS 1.2.17–1.2.19). */
const AT_LEAST = [
  { flag: 'audit-log-maxage', least: 30, unit: 'days' },
  { flag: 'audit-log-maxbackup', least: 10, unit: 'files' },
  { flag: 'audit-log-maxsize', least: 100, unit: 'megabytes' },
] as const;

/**
 * What is wrong with the audit flags of a kube-apiserver, given as name without dashes and value: a policy without a log or the
 * other way round, and rotation that is missing (until 1.35 nothing rotates by default) or keeps too little. Never throws.
 */
export function auditFlagProblems(flags: Readonly<Record<string, string>>): NodeFileProblem[] {
  const missing = (flag: string, message: string, remedy: string): NodeFileProblem[] =>
    flags[flag] === undefined || flags[flag] === ''
      ? [{ field: flag, message, control: flag === 'audit-policy-file' ? 'LOG-01' : 'LOG-02', remedy }]
      : [];
  const onStandardOutput: NodeFileProblem[] =
    flags['audit-log-path'] === '-'
      ? [
          {
            field: 'audit-log-path',
            message: "is '-': events go into the container's own log, which rotates as that of any pod",
            control: 'LOG-02',
            remedy: 'give the path of a file in a folder that is mounted',
          },
        ]
      : [];
  return [
    ...missing('audit-policy-file', 'is missing, so that nothing is recorded, whatever the other flags say', 'name the file of the policy'),
    ...missing('audit-log-path', 'is missing, so that no file is written', 'name a file in a folder that is mounted'),
    ...onStandardOutput,
    ...AT_LEAST.flatMap(({ flag, least, unit }) => tooSmall(flag, flags[flag], least, unit)),
  ];
}

function tooSmall(field: string, value: string | undefined, least: number, unit: string): NodeFileProblem[] {
  if (value !== undefined && /^\d+$/.test(value) && Number(value) >= least) {
    return [];
  }
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [{ field, message: `${found}; at least ${least} ${unit} are asked for`, control: 'LOG-02', remedy: `set it to ${least} or more` }];
}

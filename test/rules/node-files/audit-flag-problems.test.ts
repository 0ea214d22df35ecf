import { auditFlagProblems } from '../../../src/rules';

const VALID = {
  'audit-policy-file': '/etc/kubernetes/policy.yaml',
  'audit-log-path': '/var/log/audit.log',
  'audit-log-maxage': '30',
  'audit-log-maxbackup': '10',
  'audit-log-maxsize': '100',
};

it('finds nothing in flags that CIS takes', () => expect(auditFlagProblems(VALID)).toEqual([]));

it.each([
  ['no policy', { 'audit-policy-file': '' }, 'audit-policy-file', 'LOG-01', /nothing is recorded/],
  ['no file', { 'audit-log-path': '' }, 'audit-log-path', 'LOG-02', /no file is written/],
  ['standard output', { 'audit-log-path': '-' }, 'audit-log-path', 'LOG-02', /container's own log/],
  ['29 days', { 'audit-log-maxage': '29' }, 'audit-log-maxage', 'LOG-02', /is "29"; at least 30 days/],
  ['no limit of files', { 'audit-log-maxbackup': '0' }, 'audit-log-maxbackup', 'LOG-02', /is "0"; at least 10 files/],
  ['a size that is no number', { 'audit-log-maxsize': '1e3' }, 'audit-log-maxsize', 'LOG-02', /is "1e3"/],
])('finds %s', (_what, flags, field, control, message) => {
  expect(auditFlagProblems({ ...VALID, ...flags })).toEqual([
    expect.objectContaining({ field, control, message: expect.stringMatching(message) as string }),
  ]);
});

it('finds rotation that is left to the default, which until 1.35 was none', () => {
  const { 'audit-log-maxsize': _left, ...rest } = VALID;
  expect(auditFlagProblems(rest)).toEqual([
    expect.objectContaining({ field: 'audit-log-maxsize', message: 'is missing; at least 100 megabytes are asked for' }),
  ]);
});

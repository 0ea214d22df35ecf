import type { Control } from './control';

/** Authentication and authorization: the `AUTH` controls. */
export const AUTHENTICATION_CONTROLS = [
  {
    id: 'AUTH-02',
    title: 'Give anonymous and unspecified users nothing',
    section: 'Authentication',
    why: 'A binding to everybody is a binding to every intruder.',
    severity: 'critical',
    waivable: false,
  },
  {
    id: 'AUTH-05',
    title: 'Give least privilege with Roles, without wildcards',
    section: 'Role-based access control',
    why: 'A wildcard grants what did not exist when it was reviewed.',
    severity: 'high',
    waivable: true,
  },
  {
    id: 'AUTH-06',
    title: 'Keep the roles of administrators, developers, auditors and machines apart',
    section: 'Role-based access control',
    why: 'Roles that overlap hide who can do what.',
    severity: 'medium',
    waivable: true,
  },
  {
    id: 'AUTH-07',
    title: 'Keep cluster-admin and system:masters for break-glass',
    section: 'Role-based access control',
    why: 'They pass every check there is.',
    severity: 'critical',
    waivable: true,
  },
  {
    id: 'AUTH-08',
    title: 'Grant neither escalate, bind nor impersonate',
    section: 'Role-based access control',
    why: 'Each of them turns a small role into any role.',
    severity: 'critical',
    waivable: true,
  },
  {
    id: 'AUTH-09',
    title: 'Limit who can run commands in containers and reach kubelets',
    section: 'Threat model',
    why: 'A shell in a container has its files, its network and its identity.',
    severity: 'high',
    waivable: true,
  },
  {
    id: 'AUTH-10',
    title: 'One service account for each workload, with tokens that only it can get',
    section: 'Authentication',
    why: 'A shared account has the sum of all rights that any of its users needs.',
    severity: 'medium',
    waivable: true,
  },
  {
    id: 'AUTH-11',
    title: 'Guard the verbs that change what guards the cluster',
    section: '(CIS 5.1.9, 5.1.11, 5.1.12; the guide does not name them)',
    why: 'Who changes admission or signs certificates is above every rule.',
    severity: 'critical',
    waivable: true,
  },
] as const satisfies readonly Control[];

import { celRule, listLiteral } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** What container runtimes give by default, but NET_RAW, as Pod Security `baseline` allows it. */
const NAMES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const ALLOWED = listLiteral(NAMES);

/** Pod Security `baseline`: no capability beyond what runtimes give. `capabilities-add` is the stricter form of every namespace. */
export const capabilitiesBaseline = celRule({
  id: 'capabilities-baseline',
  controls: ['POD-14'],
  podSecurity: ['capabilities_baseline'],
  message: 'adds capabilities beyond the default ones',
  remedy: 'remove them from `capabilities.add`',
  match: WORKLOADS,
  container: {
    holds: `c.?securityContext.?capabilities.?add.orValue([]).all(a, a in ${ALLOWED})`,
    found: `c.?securityContext.?capabilities.?add.orValue([]).filter(a, !(a in ${ALLOWED})).join(', ')`,
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ securityContext: { capabilities: { add: NAMES } } })],
    fail: [
      containerExample({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }),
      containerExample({ securityContext: { capabilities: { add: ['CHOWN', 'NET_RAW'] } } }),
    ],
  }),
});

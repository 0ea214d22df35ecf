import { API_SERVER_FLAG_CHECKS } from './api-server-flag-checks';
import { COMPONENT_FLAG_CHECKS } from './component-flag-checks';
import { ETCD_FLAG_CHECKS } from './etcd-flag-checks';
import type { FlagCheck } from './flag-check';
import { NODE_FLAG_CHECKS } from './node-flag-checks';

/** What the flags of every program must say. */
export const FLAG_CHECKS: readonly FlagCheck[] = [
  ...COMPONENT_FLAG_CHECKS,
  ...API_SERVER_FLAG_CHECKS,
  ...NODE_FLAG_CHECKS,
  ...ETCD_FLAG_CHECKS,
];

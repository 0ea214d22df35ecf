import { Cluster } from '../cluster';

/** Where its run folder is told to the suites. */
export const SHARED_CLUSTER = 'E2E_SHARED_CLUSTER';

/** The hardened cluster with the baseline in it, for suites that leave its servers alone and take namespaces of their own. */
export function sharedCluster(): Cluster {
  return Cluster.attach(process.env[SHARED_CLUSTER] as string);
}

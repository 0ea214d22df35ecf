import { sharedCluster } from './shared-cluster';

/** Stops it. */
export default async function after(): Promise<void> {
  await sharedCluster().stop();
}

import { Cluster } from '../cluster';
import { SHARED_CLUSTER } from './shared-cluster';

/** Starts the cluster that suites share, with the baseline in it. */
export default async function before(): Promise<void> {
  const cluster = await Cluster.start({ onStep: (step, seconds) => process.stdout.write(`cluster: ${step}, ${seconds.toFixed(1)} s\n`) });
  const { status, stderr } = await cluster.kubectl([
    'apply',
    '--server-side',
    '--validate=strict',
    '-R',
    '-f',
    `${cluster.dist}/manifests`,
  ]);
  if (status !== 0) {
    await cluster.stop();
    throw new Error(`The baseline was not taken: ${stderr}`);
  }
  process.env[SHARED_CLUSTER] = cluster.folder;
}

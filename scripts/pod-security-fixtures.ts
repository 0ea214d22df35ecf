import { POD_SECURITY_CHECKS } from '../src';

/** What the fixtures of Pod Security are judged as: a Pod, and inside each controller. */
export const FIXTURE_KINDS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

/** The check that a fixture is named after, in small letters: `capabilities_baseline` of `capabilities_baseline3.yaml`. */
export function checkOfFixture(file: string): string {
  const name = file.replace(/\d*\.yaml$/, '').toLowerCase();
  if (!Object.keys(POD_SECURITY_CHECKS).some((check) => check.toLowerCase() === name)) {
    throw new Error(`${file} is named after no check of Pod Security that is known here`);
  }
  return name;
}

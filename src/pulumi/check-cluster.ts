import { execFile } from 'node:child_process';
import { isRecord } from '../manifest';

/** The cluster that is meant. */
export interface ExpectedCluster {
  readonly name: string;
  /** Its minor, as the blueprint says it. */
  readonly minor: string;
  /** @default - the current context of the kubeconfig */
  readonly context?: string;
}

const TIMEOUT_SECONDS = 15;

/**
 * Asks the cluster for its version, before anything is applied. kubectl does it, since it knows every way to a cluster that a
 * kubeconfig may name.
 *
 * @param kubectl the program
 * @throws if there is no answer, or it is of another minor than the blueprint
 */
export async function checkCluster({ name, minor, context }: ExpectedCluster, kubectl = 'kubectl'): Promise<void> {
  const where = context === undefined ? 'the current context of the kubeconfig' : `the context '${context}' of the kubeconfig`;
  const found = minorOf(await version(kubectl, context).catch((error: Error) => refuse(`${where}: ${error.message}`)));
  if (found === undefined) {
    refuse(`${where}: what answers is no API server.`);
  }
  if (found !== minor) {
    refuse(
      `${where} is a cluster of Kubernetes ${found}, and the blueprint of ${name} is for ${minor}: fields and API versions differ. Mend: take ` +
        `the context of ${name} (pulumi config set context NAME), or write cluster.kubernetes: "${found}" in the blueprint.`,
    );
  }
}

function refuse(problem: string): never {
  throw new Error(`✗ ${problem}\nNothing was applied.`);
}

function version(kubectl: string, context: string | undefined): Promise<string> {
  const args = [
    'version',
    '--output=json',
    `--request-timeout=${TIMEOUT_SECONDS}s`,
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
  return new Promise((resolve, reject) => {
    execFile(kubectl, args, { timeout: 2 * TIMEOUT_SECONDS * 1000 }, (error, stdout, stderr) => {
      if (!error) {
        resolve(stdout);
      } else if (error.code === 'ENOENT') {
        reject(
          new Error(
            'kubectl, which asks the cluster for its version, is not on the PATH. Install it, or `pulumi config set checkCluster false`.',
          ),
        );
      } else {
        reject(new Error(`no cluster answers: ${lastLine(stderr) || `kubectl took more than ${2 * TIMEOUT_SECONDS} seconds`}`));
      }
    });
  });
}

/** `1.36` of `{"serverVersion": {"major": "1", "minor": "36+"}}`. */
function minorOf(json: string): string | undefined {
  const { serverVersion } = JSON.parse(json) as { serverVersion?: unknown };
  const { major, minor } = isRecord(serverVersion) ? serverVersion : {};
  return typeof major === 'string' && typeof minor === 'string' ? `${major}.${parseInt(minor, 10)}` : undefined;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

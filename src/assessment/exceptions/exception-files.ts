import type { KubeObject } from '../../manifest';
import { objectWaivers } from '../waivers-in-force';
import type { ObjectWaiver, WaiverInForce } from '../waivers-in-force';
import { kubescapeExceptions } from './kubescape';
import { kyvernoClusterPolicyExceptions, kyvernoExceptions } from './kyverno';
import { trivyExceptions } from './trivy';

/** Makes the exceptions of one tool; undefined where it has no check for any of the waivers. */
type Renderer = (waivers: readonly ObjectWaiver[], fileOf: (object: KubeObject) => string) => string | undefined;

/** Tools that read exceptions from a file, by the name of the file. */
const FILES: Readonly<Record<string, Renderer>> = {
  'kubescape.json': kubescapeExceptions,
  'trivyignore.yaml': trivyExceptions,
  'kyverno.yaml': kyvernoExceptions,
  'kyverno-cluster-policies.yaml': kyvernoClusterPolicyExceptions,
};

/**
 * The exception files for the waivers in force, by name; none for a tool that has no check for them.
 *
 * @param fileOf the file that holds the object and nothing else, with `/` between folders
 */
export function exceptionFiles(waivers: readonly WaiverInForce[], fileOf: (object: KubeObject) => string): Map<string, string> {
  return new Map(
    Object.entries(FILES).flatMap(([name, render]) => {
      const content = render(objectWaivers(waivers), fileOf);
      return content === undefined ? [] : [[name, content] as const];
    }),
  );
}

import * as path from 'node:path';
import { Provider } from '@pulumi/kubernetes/provider';
import { getProject, getStack, getRootDirectory, runtime, StackReference } from '@pulumi/pulumi';
import { loadBlueprint } from '../blueprint';
import type { Blueprint } from '../blueprint';
import { HardenedBaseline } from '../stacks';
import { HardenedApp } from '../synth';
import { checkCluster } from './check-cluster';
import { OutputResolver } from './output-resolver';
import { programConfig } from './program-config';
import type { ProgramConfig } from './program-config';
import { register } from './register';
import { toRunError } from './run-error';
import { objectsOfStack } from './stack-layout';
import { stackOutputs } from './stack-outputs';
import type { PostureSummary, StackOutputs } from './stack-outputs';

/** What a program adds to the baseline. */
export interface ProgramProps {
  /**
   * Adds apps, with the namespaces of the baseline as their scopes. `outputs` lets Outputs flow into them.
   *
   * @default - the baseline alone
   */
  readonly apps?: (baseline: HardenedBaseline, outputs: OutputResolver) => void;
}

/**
 * A whole Pulumi program: the cluster that `blueprint.yaml` describes, with the configuration of the stack.
 *
 *     module.exports = () => hardenedProgram({ apps: (baseline) => new Shop(baseline.namespace('shop'), 'shop') });
 *
 * @throws RunError with what is wrong and how to mend it, before anything is registered
 */
export async function hardenedProgram(props: ProgramProps = {}): Promise<StackOutputs> {
  try {
    return await run(props);
  } catch (error) {
    throw toRunError(error);
  }
}

async function run({ apps }: ProgramProps): Promise<StackOutputs> {
  const config = programConfig(getProject(), runtime.allConfig());
  const { cluster, settings, baseline, warnings } = blueprintOf(config);
  warnings.forEach((warning) => process.stderr.write(`! ${warning}\n`));
  const select = objectsOfStack(config, baseline.tenants ?? []);
  const outputs = new OutputResolver();
  const app = new HardenedApp({ settings: { ...settings, asOf: config.asOf }, resolvers: [outputs] });
  const stacks = new HardenedBaseline(app, 'baseline', baseline);
  apps?.(stacks, outputs);
  const { minor } = app.settings;
  if (config.checkCluster) {
    await checkCluster({ name: cluster, minor, context: config.context });
  }
  if (config.platformStack !== undefined) {
    await checkPlatform(config.platformStack, { cluster, kubernetes: minor });
  }
  const { ephemeral } = config;
  const { synthesis } = await register(cluster, app, { provider: providerOf(cluster, config), ephemeral, select });
  return stackOutputs(cluster, app.settings, synthesis);
}

function blueprintOf({ blueprint, overrides }: ProgramConfig): Blueprint {
  const source = `Pulumi.${getStack()}.yaml, ${getProject()}:overrides`;
  return loadBlueprint(path.resolve(getRootDirectory() || '.', blueprint), overrides && { value: overrides, source });
}

/** Its identity is the cluster's, so that another address or credential in the kubeconfig replaces nothing. */
function providerOf(cluster: string, { context, adopt }: ProgramConfig): Provider {
  return new Provider(cluster, {
    context,
    clusterIdentifier: cluster,
    enableServerSideApply: true,
    enableConfigMapMutable: true, // otherwise a change of data is a deletion and a creation, since names are fixed
    enableSecretMutable: true,
    upsertExistingObjects: adopt, // otherwise what is there already is somebody's, and is left alone
    kubeClientSettings: { qps: 200, burst: 400, timeout: 60 },
  });
}

/** @throws if the other stack is not that of this cluster's platform */
async function checkPlatform(stack: string, expected: Pick<PostureSummary, 'cluster' | 'kubernetes'>): Promise<void> {
  const posture = (await new StackReference(stack).getOutputValue('posture')) as PostureSummary | undefined;
  if (posture?.cluster !== expected.cluster || posture.kubernetes !== expected.kubernetes) {
    const found = posture ? `${posture.cluster} with Kubernetes ${posture.kubernetes}` : 'not one of this program, or not yet up';
    throw new Error(
      `✗ platformStack: the stack ${stack} is ${found}, and this one is for ${expected.cluster} with Kubernetes ${expected.kubernetes}. ` +
        'Mend: run `pulumi up` for the platform first, with the same blueprint, or name the right stack.\nNothing was applied.',
    );
  }
}

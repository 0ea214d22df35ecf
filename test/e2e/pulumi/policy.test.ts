import * as path from 'node:path';
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation';
import { Cluster } from '../cluster';
import { Project } from './project';
import type { ProjectOptions } from './project';

const PACK = path.join(__dirname, '../../../policy');

let cluster: Cluster;
const projects: Project[] = [];

beforeAll(async () => {
  cluster = await Cluster.start({ controllers: false });
}, 120_000);
afterAll(async () => {
  projects.forEach((project) => project.remove());
  await cluster.stop();
}, 60_000);

function stackOf(program: ProjectOptions['program'], config: Readonly<Record<string, string>>): Promise<Stack> {
  const project = new Project({ program, kubeconfig: cluster.kubeconfig });
  projects.push(project);
  return project.stack('dev', config);
}

/** What the pack reports in a preview: rule, and the last part of the name of the resource. */
async function violationsOf(stack: Stack): Promise<string[]> {
  const found: string[] = [];
  const onEvent = ({ policyEvent }: EngineEvent): void => {
    if (policyEvent) found.push(`${policyEvent.policyName} ${policyEvent.resourceUrn?.split(/::|[-/](?=planted)/).pop()}`);
  };
  await stack.preview({ policyPacks: [PACK], onEvent }).catch((error: Error) => {
    if (found.length === 0) throw error; // a violation fails the preview
  });
  return found;
}

it('the pack finds every planted violation, in typed resources, YAML and what is like a chart', async () => {
  const stack = await stackOf('violations.cjs', {});
  const { stdout } = await stack.preview();
  const planted = [...stdout.matchAll(/"([\w-]+ planted-\d+)"/g)].map((match) => match[1] as string);
  expect(planted).toHaveLength(30);
  const found = await violationsOf(stack);
  expect(planted.filter((violation) => !found.includes(violation))).toEqual([]);
}, 180_000);

it('the pack finds nothing in the baseline and Online Boutique', async () => {
  const overrides = JSON.stringify({ tenants: [{ name: 'boutique', owner: 'o', namespaces: ['online-boutique'], quota: 'large' }] });
  const stack = await stackOf('boutique.cjs', { overrides });
  const found: string[] = [];
  const { changeSummary } = await stack.preview({
    policyPacks: [PACK],
    onEvent: ({ policyEvent }) => policyEvent && found.push(policyEvent.message),
  });
  expect(found).toEqual([]);
  expect(changeSummary.create).toBeGreaterThan(120);
}, 180_000);

import * as pulumi from '@pulumi/pulumi';
import type { KubeObject } from '../../src/manifest';

/** How the SDK marks a secret on its way to the engine. */
const SECRET = '4dabf18193072939515e22adb298388d';

/** A registration as the engine is sent it. The mocks of the SDK show type, name and inputs alone (pulumi#14421). */
export interface Sent {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: KubeObject;
  readonly parent: string;
  /** Names of what it waits for. */
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly importId: string;
  readonly urn: string;
  readonly bytes: number;
}

/** What of `RegisterResourceRequest` is read here. */
interface Request {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): KubeObject };
  getParent(): string;
  getDependenciesList(): string[];
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getImportid(): string;
  serializeBinary(): Uint8Array;
}
type Answer = (error: unknown, response: { getUrn(): string }) => void;

/** Stands in for the engine, and returns the list of what it will be sent. */
export async function mockEngine(preview = false): Promise<Sent[]> {
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs as object,
      newResource: ({ custom, name, inputs }) => ({ id: custom ? name : undefined, state: inputs as object }),
    },
    'project',
    'dev',
    preview,
  );
  const sent: Sent[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource(request: Request, answer: Answer): void };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, answer) =>
    register(request, (error, response) => {
      sent.push({
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        inputs: request.getObject().toJavaScript(),
        parent: lastOf(request.getParent()),
        dependencies: request.getDependenciesList().map(lastOf),
        protect: request.getProtect(),
        deleteBeforeReplace: request.getDeletebeforereplace(),
        ignoreChanges: request.getIgnorechangesList(),
        importId: request.getImportid(),
        urn: response.getUrn(),
        bytes: request.serializeBinary().length,
      });
      answer(error, response);
    });
  return sent;
}

/** Whether the value was sent as a secret. */
export function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && SECRET in value;
}

/** Comes back when everything that was registered is answered. */
export async function settled(): Promise<void> {
  await pulumi.runtime.disconnect(false);
}

function lastOf(urn: string): string {
  return urn.split('::').pop() as string;
}

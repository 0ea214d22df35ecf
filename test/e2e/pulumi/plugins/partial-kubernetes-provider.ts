/**
 * Stands in for pulumi-resource-kubernetes, which is no npm package, against a real API server: create that refuses what is there
 * (unless `upsertExistingObjects`), update by server-side apply, replacement where identity changes, Patch kinds that are given
 * back, refresh, foreground deletion that waits, previews by server-side dry run, strict validation of fields.
 *
 * It does not cover: waiting until workloads are ready, import and `.get()`, Helm, Kustomize and the components of yaml.v2,
 * conflicts between field managers, secrets of its own, auto-naming, and the real rules of what replaces. A test on it says nothing
 * of these.
 */
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import type { JavaScriptValue } from 'google-protobuf/google/protobuf/struct_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';
import * as provider from '@pulumi/pulumi/proto/provider_pb';
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../../../src';
import { KubeClient, StatusError } from './kube-client';
import { answers, serve } from './serve';

/** How the engine marks a value that is not known yet. */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const DELETION_LIMIT_MS = 120_000;

let options: Readonly<Record<string, unknown>> = {};
let connected: KubeClient | undefined;

/** Connects with the first object: a program that is refused never needs to. */
function client(): KubeClient {
  connected ??= new KubeClient(process.env['KUBECONFIG'] ?? '', options['context'] as string | undefined);
  return connected;
}

const objectOf = (struct: Struct | undefined): KubeObject => (struct?.toJavaScript() ?? {}) as unknown as KubeObject;
const structOf = (value: object): Struct => Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
const inputsOf = ({ __inputs: _inputs, ...object }: KubeObject): KubeObject => object;
const isPatch = (urn: string, { kind }: KubeObject): boolean => urn.split('::')[2]?.endsWith(`:${kind}Patch`) ?? false;
const idOf = ({ metadata }: KubeObject): string => [metadata.namespace, metadata.name].filter(Boolean).join('/');

/** A field manager for each resource, so that two patches of one object do not take fields from each other. */
const managerOf = (urn: string, object: KubeObject): string =>
  isPatch(urn, object) ? `pulumi-patch-${idOf(object)}`.slice(0, 128) : 'pulumi-partial';

async function apply(urn: string, object: KubeObject, dryRun: boolean): Promise<KubeObject> {
  const path = await client().pathOf(object);
  if (path === undefined) {
    if (dryRun) return object; // its definition comes in the same run
    throw new Error(`the API server does not serve ${object.apiVersion} ${object.kind}: is its definition there?`);
  }
  const query = new URLSearchParams({
    fieldManager: managerOf(urn, object),
    fieldValidation: 'Strict',
    force: 'true',
    ...(dryRun && { dryRun: 'All' }),
  });
  return client().send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
}

async function live(object: KubeObject): Promise<KubeObject | undefined> {
  const path = await client().pathOf(object);
  if (path === undefined) return undefined;
  try {
    return await client().send('GET', path);
  } catch (error) {
    if (error instanceof StatusError && error.status === 404) return undefined;
    throw error;
  }
}

/** What the state keeps: the object as it is, and what was asked for. */
const stateOf = (object: KubeObject, inputs: KubeObject): Struct => structOf({ ...object, __inputs: inputs });

async function create(request: provider.CreateRequest): Promise<provider.CreateResponse> {
  const inputs = objectOf(request.getProperties());
  const urn = request.getUrn();
  const response = new provider.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(stateOf(await previewed(urn, inputs), inputs));
    return response;
  }
  if (!isPatch(urn, inputs) && options['upsertExistingObjects'] !== 'true' && (await live(inputs))) {
    throw new Error(`${inputs.kind} "${idOf(inputs)}" already exists`);
  }
  response.setProperties(stateOf(await apply(urn, inputs, false), inputs));
  response.setId(idOf(inputs));
  return response;
}

/** By dry run, as the real one does; the inputs where there can be none: values to come, patches, a namespace to come. */
async function previewed(urn: string, inputs: KubeObject): Promise<KubeObject> {
  if (JSON.stringify(inputs).includes(UNKNOWN) || isPatch(urn, inputs)) return inputs;
  try {
    return await apply(urn, inputs, true);
  } catch (error) {
    if (error instanceof StatusError && (error.status === 403 || error.status === 404)) return inputs;
    throw error;
  }
}

async function update(request: provider.UpdateRequest): Promise<provider.UpdateResponse> {
  const inputs = objectOf(request.getNews());
  const urn = request.getUrn();
  const response = new provider.UpdateResponse();
  response.setProperties(stateOf(request.getPreview() ? await previewed(urn, inputs) : await apply(urn, inputs, false), inputs));
  return response;
}

function diff(request: provider.DiffRequest): provider.DiffResponse {
  const [before, after] = [objectOf(request.getOldInputs()), objectOf(request.getNews())];
  const response = new provider.DiffResponse();
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
  response.setChanges(fields.length === 0 ? provider.DiffResponse.DiffChanges.DIFF_NONE : provider.DiffResponse.DiffChanges.DIFF_SOME);
  response.setDiffsList(fields);
  if (before.apiVersion !== after.apiVersion || idOf(before) !== idOf(after) || roleOf(before) !== roleOf(after)) {
    response.setReplacesList(['metadata']);
  }
  return response;
}

/** A binding cannot be given another role. */
const roleOf = (object: KubeObject): string => JSON.stringify(object['roleRef'] ?? '');

async function read(request: provider.ReadRequest): Promise<provider.ReadResponse> {
  const state = objectOf(request.getProperties());
  const response = new provider.ReadResponse();
  if (!state.kind) throw new Error('this provider does not import');
  const found = await live(state);
  if (found) {
    response.setId(request.getId());
    response.setProperties(stateOf(found, state['__inputs'] as KubeObject));
    response.setInputs(request.getInputs());
  }
  return response;
}

async function remove(request: provider.DeleteRequest): Promise<Empty> {
  const state = inputsOf(objectOf(request.getProperties()));
  const path = await client().pathOf(state);
  if (path === undefined) return new Empty();
  if (isPatch(request.getUrn(), state)) {
    await giveBack(request.getUrn(), state, path);
    return new Empty();
  }
  try {
    await client().send('DELETE', `${path}?propagationPolicy=Foreground`);
  } catch (error) {
    if (!(error instanceof StatusError && error.status === 404)) throw error;
  }
  for (const end = Date.now() + DELETION_LIMIT_MS; await live(state); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > end) throw new Error(`${state.kind} ${idOf(state)} is still there`);
  }
  return new Empty();
}

/** Applies nothing as the manager of the patch: fields that nobody else manages go. */
async function giveBack(urn: string, { apiVersion, kind, metadata }: KubeObject, path: string): Promise<void> {
  const object = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } };
  const query = new URLSearchParams({ fieldManager: managerOf(urn, object), force: 'true' });
  await client().send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
}

function checked(news: Struct | undefined): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(news);
  return response;
}

serve(ResourceProviderService, {
  handshake: answers(() => new provider.ProviderHandshakeResponse()),
  getPluginInfo: answers(() => {
    const info = new PluginInfo();
    info.setVersion('4.34.2');
    return info;
  }),
  getMapping: answers(() => new provider.GetMappingResponse()),
  getMappings: answers(() => new provider.GetMappingsResponse()),
  checkConfig: answers((request: provider.CheckRequest) => checked(request.getNews())),
  diffConfig: answers(() => new provider.DiffResponse()),
  configure: answers((request: provider.ConfigureRequest) => {
    options = request.getArgs()?.toJavaScript() ?? {};
    const response = new provider.ConfigureResponse();
    response.setSupportspreview(true);
    return response;
  }),
  check: answers((request: provider.CheckRequest) => checked(request.getNews())),
  diff: answers(diff),
  create: answers(create),
  update: answers(update),
  read: answers(read),
  delete: answers(remove),
  cancel: answers(() => new Empty()),
});

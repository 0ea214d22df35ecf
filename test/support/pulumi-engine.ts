import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import * as engine from '@pulumi/pulumi/proto/engine_pb';
import { ResourceMonitorService } from '@pulumi/pulumi/proto/resource_grpc_pb';
import * as resource from '@pulumi/pulumi/proto/resource_pb';

/** What a run of a program was like for the engine. */
export interface EngineRun {
  readonly status: number | null;
  /** What the program logged as an error. */
  readonly errors: readonly string[];
  /** What it wrote to its output. */
  readonly said: string;
  readonly seconds: number;
  readonly registrations: readonly Registration[];
  /** Those that came before something that they depend on was finished. */
  readonly tooEarly: readonly string[];
  /** Most at a time. */
  readonly inFlight: number;
  /** Of all requests to register. */
  readonly bytes: number;
  readonly outputs: unknown;
  /** Most memory that the program held. */
  readonly megabytes: number;
}

/** A resource as the engine was asked for it. */
export interface Registration {
  readonly urn: string;
  readonly custom: boolean;
  readonly dependencies: readonly string[];
}

/** Options of `runInEngine`. */
export interface EngineOptions {
  /** How long the engine takes for a custom resource. @default 0 */
  readonly latencyMs?: number;
  /** @default false */
  readonly preview?: boolean;
  /** Configuration, such as `cdk8s-hardened:ephemeral`. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /** @default - that of this process */
  readonly env?: Readonly<Record<string, string>>;
}

const ROOT = path.join(__dirname, '../..');
const ERROR = engine.LogSeverity.ERROR;
/** Features of the monitor by number that the SDK is told of: all but packages and hooks that nobody here uses. */
const FEATURES = [0, 1, 2, 3, 5, 7, 9, 10] as resource.DeploymentInfo.AsObject['supportedfeaturesList'];

type Handler<Q, R> = (call: ServerUnaryCall<Q, R>, answer: sendUnaryData<R>) => void;
const nothing: Handler<unknown, Empty> = (_call, answer) => answer(null, new Empty());

/**
 * Runs a program as Pulumi's language host does, against an engine of this process: the real SDK over the real protocol, without
 * CLI, provider or state. It answers each registration with what it was sent.
 */
export async function runInEngine(program: string, options: EngineOptions = {}): Promise<EngineRun> {
  const { latencyMs = 0, preview = false } = options;
  const errors: string[] = [];
  const registrations: Registration[] = [];
  const tooEarly: string[] = [];
  const done = new Set<string>();
  const count = { now: 0, most: 0, bytes: 0 };
  let outputs: unknown;
  let root = '';

  const registerResource: Handler<resource.RegisterResourceRequest, resource.RegisterResourceResponse> = ({ request }, answer) => {
    const urn = urnOf(request);
    const dependencies = request.getDependenciesList();
    registrations.push({ urn, custom: request.getCustom(), dependencies });
    tooEarly.push(
      ...[...dependencies, request.getParent()].filter((needed) => needed && !done.has(needed)).map((needed) => `${urn} before ${needed}`),
    );
    count.bytes += request.serializeBinary().length;
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    setTimeout(
      () => {
        const response = new resource.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(request.getCustom() && !preview ? request.getName() : '');
        response.setObject(request.getObject() ?? new Struct());
        done.add(urn);
        count.now -= 1;
        answer(null, response);
      },
      request.getCustom() ? latencyMs : 0,
    );
  };
  const monitor: UntypedServiceImplementation = {
    getDeploymentInfo: ((_call, answer) => {
      const info = new resource.DeploymentInfo();
      info.setProject('cdk8s-hardened');
      info.setStack('dev');
      info.setOrganization('organization');
      info.setDryrun(preview);
      info.setParallel(16);
      info.setSupportedfeaturesList([...FEATURES]);
      answer(null, info);
    }) satisfies Handler<unknown, resource.DeploymentInfo> as Handler<unknown, unknown>,
    supportsFeature: ((_call, answer) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(true);
      answer(null, response);
    }) satisfies Handler<unknown, resource.SupportsFeatureResponse> as Handler<unknown, unknown>,
    registerResource: registerResource as Handler<unknown, unknown>,
    registerResourceOutputs: (({ request }, answer) => {
      if (request.getUrn() === root) outputs = request.getOutputs()?.toJavaScript();
      answer(null, new Empty());
    }) satisfies Handler<resource.RegisterResourceOutputsRequest, Empty> as Handler<unknown, unknown>,
    registerErrorHook: nothing as Handler<unknown, unknown>,
    registerResourceHook: nothing as Handler<unknown, unknown>,
    signalAndWaitForShutdown: nothing as Handler<unknown, unknown>,
  };
  const engineService: UntypedServiceImplementation = {
    log: (({ request }, answer) => {
      if (request.getSeverity() === ERROR) errors.push(request.getMessage());
      answer(null, new Empty());
    }) satisfies Handler<engine.LogRequest, Empty> as Handler<unknown, unknown>,
    getRootResource: ((_call, answer) => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      answer(null, response);
    }) satisfies Handler<unknown, engine.GetRootResourceResponse> as Handler<unknown, unknown>,
    setRootResource: (({ request }, answer) => {
      root = request.getUrn();
      answer(null, new engine.SetRootResourceResponse());
    }) satisfies Handler<engine.SetRootResourceRequest, engine.SetRootResourceResponse> as Handler<unknown, unknown>,
  };

  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(ResourceMonitorService, monitor);
  server.addService(EngineService, engineService);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  const start = Date.now();
  const { status, said, megabytes } = await runProgram(program, `127.0.0.1:${port}`, options);
  server.forceShutdown();
  return {
    status,
    errors,
    said,
    seconds: (Date.now() - start) / 1000,
    registrations,
    tooEarly,
    inFlight: count.most,
    bytes: count.bytes,
    outputs,
    megabytes,
  };
}

function urnOf(request: resource.RegisterResourceRequest): string {
  const above = request.getParent().split('::')[2] ?? '';
  const types = above === '' || above === 'pulumi:pulumi:Stack' ? request.getType() : `${above}$${request.getType()}`;
  return `urn:pulumi:dev::cdk8s-hardened::${types}::${request.getName()}`;
}

function runProgram(
  program: string,
  address: string,
  { preview, config = {}, env }: EngineOptions,
): Promise<{ status: number | null; said: string; megabytes: number }> {
  const args = [
    `--require=${path.join(__dirname, 'peak-memory.cjs')}`,
    require.resolve('@pulumi/pulumi/cmd/run'),
    ...[
      `--monitor=${address}`,
      `--engine=${address}`,
      '--project=cdk8s-hardened',
      '--stack=dev',
      '--organization=organization',
      '--parallel=16',
    ],
    ...[`--pwd=${path.dirname(program)}`, `--root-directory=${ROOT}`, ...(preview ? ['--dry-run'] : []), program],
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env, PULUMI_CONFIG: JSON.stringify(config), PULUMI_NODEJS_TYPESCRIPT: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('close', (status) => {
      const [, megabytes = '0'] = /^peak memory: (\d+) MB$/m.exec(said) ?? [];
      resolve({ status, said: said.replace(/^peak memory: .*\n/m, ''), megabytes: Number(megabytes) });
    });
  });
}

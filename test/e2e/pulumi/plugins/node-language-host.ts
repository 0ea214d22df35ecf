/**
 * Stands in for Pulumi's language host for Node, which is no npm package: it runs programs and policy packs with the real
 * `@pulumi/pulumi/cmd/run` and `run-policy-pack`, as that one does. It installs, packs and generates nothing.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb';
import * as language from '@pulumi/pulumi/proto/language_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { answers, serve } from './serve';

/** Exit code of a program that has told the user what is wrong. */
const TOLD = 32;

let [engine = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const children = new Set<ChildProcess>();

function start(script: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [require.resolve(`@pulumi/pulumi/cmd/${script}`), ...args], {
    cwd,
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

async function run(request: language.RunRequest): Promise<language.RunResponse> {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: request.getParallel(),
    'root-directory': info?.getRootDirectory() ?? '',
  };
  const args = [
    ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    ...(request.getDryrun() ? ['--dry-run'] : []),
    info?.getEntryPoint() || '.',
  ];
  const child = start('run', args, request.getPwd(), {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  });
  child.stdout?.pipe(process.stderr);
  child.stderr?.pipe(process.stderr);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const response = new language.RunResponse();
  response.setBail(code === TOLD);
  if (code !== 0 && code !== TOLD) response.setError(`Program exited with code ${code}`);
  return response;
}

/** Of plugins that are written for Node there are policy packs alone here. */
const runPlugin: handleServerStreamingCall<language.RunPluginRequest, language.RunPluginResponse> = (call) => {
  const { request } = call;
  const env = Object.fromEntries(request.getEnvList().map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const program = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const child = start('run-policy-pack', [...request.getArgsList(), '.'], program, env); // a pack reads its version in its folder
  const write = (set: (response: language.RunPluginResponse) => void): void => {
    const response = new language.RunPluginResponse();
    set(response);
    call.write(response);
  };
  child.stdout?.on('data', (chunk: Buffer) => write((response) => response.setStdout(chunk)));
  child.stderr?.on('data', (chunk: Buffer) => write((response) => response.setStderr(chunk)));
  child.once('close', (code) => {
    write((response) => response.setExitcode(code ?? 1));
    call.end();
  });
  call.on('cancelled', () => child.kill());
};

function version(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion('3.259.0');
  return info;
}

serve(LanguageRuntimeService, {
  handshake: answers((request: language.LanguageHandshakeRequest) => {
    engine = request.getEngineAddress() || engine;
    return new language.LanguageHandshakeResponse();
  }),
  getPluginInfo: answers(version),
  getRequiredPlugins: answers(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answers(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: answers(() => new language.GetProgramDependenciesResponse()),
  about: answers(() => new language.AboutResponse()),
  runtimeOptionsPrompts: answers(() => new language.RuntimeOptionsResponse()),
  run: answers(run),
  runPlugin,
  cancel: answers(() => {
    children.forEach((child) => child.kill());
    return new Empty();
  }),
});

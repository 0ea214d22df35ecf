import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fullyQualifiedStackName, LocalWorkspace, PulumiCommand } from '@pulumi/pulumi/automation';
import type { Stack } from '@pulumi/pulumi/automation';
import { stringify } from 'yaml';
import { SDK_VERSION } from '../../../src/pulumi/kinds.gen';

/** Whom the administrator of the cluster is, as the API server sees him; and the tenant of the application. */
export const OVERRIDES = {
  enforcement: { exempt: { groups: ['kubeadm:cluster-admins'] } },
  tenants: [{ name: 'boutique', owner: 'shop@example.com', namespaces: ['online-boutique'], quota: 'large' }],
};

const ROOT = path.join(__dirname, '../../..');
const TOOLS = path.join(ROOT, 'tools');
const PLUGINS = path.join(__dirname, 'plugins/bin');
const KUBECTL = path.join(TOOLS, 'bin/kubernetes/1.36');
const HOME = process.env['PULUMI_HOME'];

/** Whether the provider that is used in earnest is installed; then it takes the place of the partial one. */
export const HAS_REAL_PROVIDER = HOME !== undefined && fs.existsSync(path.join(HOME, 'plugins', `resource-kubernetes-v${SDK_VERSION}`));

/** What a project of Pulumi needs. */
export interface ProjectOptions {
  /** File of `programs`. */
  readonly program: string;
  readonly kubeconfig: string;
  /** @default 'test' */
  readonly passphrase?: string;
}

/** A project of Pulumi in a folder of its own, with state and plugins there: nothing of it is shared, and nothing is left. */
export class Project {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-hardened-pulumi-'));
  public readonly env: Readonly<Record<string, string>>;

  public constructor({ program, kubeconfig, passphrase = 'test' }: ProjectOptions) {
    const plugins = HAS_REAL_PROVIDER ? this.onlyLanguageHost() : PLUGINS;
    fs.writeFileSync(
      path.join(this.folder, 'Pulumi.yaml'),
      stringify({
        name: 'cdk8s-hardened',
        runtime: { name: 'nodejs', options: { typescript: false } },
        main: path.join(__dirname, 'programs', program),
      }),
    );
    this.env = {
      PATH: [plugins, path.join(TOOLS, 'bin'), KUBECTL, process.env['PATH']].join(path.delimiter),
      PULUMI_HOME: HAS_REAL_PROVIDER ? (HOME as string) : path.join(this.folder, 'home'),
      PULUMI_BACKEND_URL: `file://${this.state}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_DISABLE_REGISTRY_RESOLVE: 'true',
      PULUMI_IGNORE_AMBIENT_PLUGINS: 'false',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      KUBECONFIG: kubeconfig,
      NO_COLOR: '1',
      PROJECT_ROOT: ROOT,
    };
    fs.mkdirSync(this.state, { recursive: true });
  }

  /** Folder of the state of all stacks. */
  public get state(): string {
    return path.join(this.folder, 'state');
  }

  /** A stack, with the blueprint of this project and this configuration, by keys of `cdk8s-hardened` or of others. */
  public async stack(name: string, config: Readonly<Record<string, string>> = {}): Promise<Stack> {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: fullyQualifiedStackName('organization', 'cdk8s-hardened', name), workDir: this.folder },
      { envVars: { ...this.env }, pulumiCommand: await this.command(), secretsProvider: 'passphrase' },
    );
    const all = { blueprint: path.join(ROOT, 'blueprint.yaml'), ...config };
    await stack.setAllConfig(
      Object.fromEntries(Object.entries(all).map(([key, value]) => [key.includes(':') ? key : `cdk8s-hardened:${key}`, { value }])),
    );
    return stack;
  }

  /** The command line that `npm run tools -- --pulumi` builds. */
  public command(): Promise<PulumiCommand> {
    return PulumiCommand.get({ root: TOOLS });
  }

  /** Every file that was written for the project, as one text. */
  public everything(): string {
    return fs
      .readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(this.folder, name))
      .filter((file) => fs.statSync(file).isFile())
      .map((file) => fs.readFileSync(file, 'latin1'))
      .join('\n');
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  /** The path goes before the plugins of PULUMI_HOME, so the partial provider must not be on it. */
  private onlyLanguageHost(): string {
    const folder = path.join(this.folder, 'plugins');
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'pulumi-language-nodejs'), `#!/bin/sh\nexec "${PLUGINS}/pulumi-language-nodejs" "$@"\n`, {
      mode: 0o755,
    });
    return folder;
  }
}

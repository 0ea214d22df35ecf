import * as kplus from '../kplus';
import { confinementFields } from './confinement';
import type { ConfinementProps } from './confinement';
import { ContainerSize } from './container-size';
import type { ResourceAmounts } from './container-size';
import { CONTAINER_PRESETS } from './container-presets';
import type { ContainerPreset } from './container-presets';
import type { Probes } from './probes';
import { NO_PROBES_ANNOTATION } from './probes';
import type { SecretFile } from './secret-file';
import { volumeName } from './secret-file';

/** Name of a container that is given none, as in cdk8s-plus. */
export const DEFAULT_CONTAINER_NAME = 'main';

/** Size of a writable path that is given none. */
export const DEFAULT_WRITABLE_SIZE = '64Mi';

/** What a container is, beyond what cdk8s-plus-27 can say. */
export interface HardenedContainerProps extends ConfinementProps {
  /** @default 'main' */
  readonly name?: string;
  /** `registry/name:tag@sha256:…`; a missing digest is a finding (POD-07). */
  readonly image: string;
  /**
   * Port that the container listens on (above 1023: it is not root).
   *
   * @default - none
   */
  readonly port?: number;
  /**
   * Name of the port.
   *
   * @default - none
   */
  readonly portName?: string;
  /**
   * How the kubelet sees that it is well. Without it Deployments, StatefulSets and DaemonSets are a finding (LOG-12).
   *
   * @default - none
   */
  readonly probes?: Probes;
  /**
   * Plain values only: a credential comes as a file, with `secretFiles`.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly args?: readonly string[];
  /** @default ContainerSize.SMALL */
  readonly size?: ContainerSize;
  /**
   * Paths that can be written, each an `emptyDir` of this size: `{ '/var/cache/nginx': '64Mi' }`. `/tmp` (64Mi) is
   * always there.
   *
   * @default - none but /tmp
   */
  readonly writablePaths?: Record<string, string>;
  /**
   * Secrets as files.
   *
   * @default - none
   */
  readonly secretFiles?: readonly SecretFile[];
  /** @default 10001 */
  readonly user?: number;
  /** @default 10001 */
  readonly group?: number;
  /**
   * Only for a container in `initHardened`: it keeps running beside the others (a native sidecar).
   *
   * @default false
   */
  readonly sidecar?: boolean;
}

/** Fields that are merged into the pod template, in Kubernetes' own spelling. */
export interface ContainerPatch {
  readonly container: Record<string, unknown>;
  readonly volumes: readonly Record<string, unknown>[];
  readonly annotations: Record<string, string>;
}

/**
 * One container with everything the hardened shape asks of it. It yields `kplus.ContainerProps` for what cdk8s-plus-27
 * knows, and a patch, merged by container name at synth, for what it does not (ephemeral storage in Mi, gRPC probes,
 * sidecars, sized writable paths).
 */
export class HardenedContainer {
  public static of(props: HardenedContainerProps): HardenedContainer {
    return new HardenedContainer(props);
  }

  /** nginx that listens on 8080 (the unprivileged image or a configuration that says so). Writable: cache and pid. */
  public static nginx(props: HardenedContainerProps): HardenedContainer {
    return HardenedContainer.preset(CONTAINER_PRESETS.nginx, props);
  }

  /** PostgreSQL on 5432. Writable: socket and data; give `secretFiles` the password and `env` `POSTGRES_PASSWORD_FILE`. */
  public static postgres(props: HardenedContainerProps): HardenedContainer {
    return HardenedContainer.preset(CONTAINER_PRESETS.postgres, props);
  }

  /** Redis on 6379. Writable: `/data`. */
  public static redis(props: HardenedContainerProps): HardenedContainer {
    return HardenedContainer.preset(CONTAINER_PRESETS.redis, props);
  }

  /** What is given wins over the preset; environment and writable paths are merged. A preset carries no digest. */
  private static preset(preset: ContainerPreset, props: HardenedContainerProps): HardenedContainer {
    return new HardenedContainer({
      ...preset,
      ...props,
      env: { ...preset.env, ...props.env },
      writablePaths: { ...preset.writablePaths, ...props.writablePaths },
    });
  }

  public readonly name: string;
  public readonly image: string;
  public readonly port?: number;
  public readonly portName?: string;
  public readonly size: ContainerSize;

  private constructor(private readonly props: HardenedContainerProps) {
    this.name = props.name ?? DEFAULT_CONTAINER_NAME;
    this.image = props.image;
    this.port = props.port;
    this.portName = props.portName;
    this.size = props.size ?? ContainerSize.SMALL;
    if (props.portName !== undefined && props.port === undefined) {
      throw new Error(
        `container '${this.name}': portName '${props.portName}' has no port (control NET-04: flows are opened by port). Give 'port' too, or leave the name out.`,
      );
    }
  }

  /** What cdk8s-plus-27 can say of it. */
  public toContainerProps(): kplus.ContainerProps {
    const { image, env = {}, command, args, user, group } = this.props;
    return {
      name: this.name,
      image,
      command: command && [...command],
      args: args && [...args],
      ports: this.port === undefined ? undefined : [{ number: this.port, name: this.portName }],
      envVariables: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
      resources: { cpu: { request: cpu(this.size.requests.cpu), limit: cpu(this.size.limits.cpu) } },
      securityContext: { user, group },
    };
  }

  /**
   * What it cannot.
   *
   * @internal
   */
  public _patch(): ContainerPatch {
    const { probes, secretFiles = [], writablePaths = {}, sidecar } = this.props;
    const writable = Object.entries(writablePaths).map(([path, sizeLimit]) => ({ name: volumeName(this.name, path), path, sizeLimit }));
    return {
      container: {
        ...probes?._render(this.name, this.port),
        securityContext: confinementFields(this.props),
        resources: { requests: amounts(this.size.requests), limits: amounts(this.size.limits) },
        volumeMounts: [...writable.map(({ name, path }) => ({ name, mountPath: path })), ...secretFiles.map((file) => file._mount())],
        ...(sidecar ? { restartPolicy: 'Always' } : {}),
      },
      volumes: [
        ...writable.map(({ name, sizeLimit }) => ({ name, emptyDir: { sizeLimit } })),
        ...secretFiles.map((file) => file._volume()),
      ],
      annotations: probes?.reason === undefined ? {} : { [`${NO_PROBES_ANNOTATION}${this.name}`]: probes.reason },
    };
  }
}

function amounts({ cpu: cpuAmount, memory, ephemeralStorage }: ResourceAmounts): Record<string, string> {
  return { cpu: cpuAmount, memory, ...(ephemeralStorage === undefined ? {} : { 'ephemeral-storage': ephemeralStorage }) };
}

/** The amount as cdk8s-plus has it, so that autoscalers see that there are requests. */
function cpu(quantity: string): kplus.Cpu {
  return quantity.endsWith('m') ? kplus.Cpu.millis(Number(quantity.slice(0, -1))) : kplus.Cpu.units(Number(quantity));
}

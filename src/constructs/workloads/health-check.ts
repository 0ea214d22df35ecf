/** Timing of a health check; what is not given is left to Kubernetes. */
export interface HealthCheckOptions {
  /**
   * Port to ask.
   *
   * @default - the container's first port
   */
  readonly port?: number;
  /** @default - 0, Kubernetes' own */
  readonly initialDelaySeconds?: number;
  /** @default - 10, Kubernetes' own */
  readonly periodSeconds?: number;
  /** @default - 1, Kubernetes' own */
  readonly timeoutSeconds?: number;
  /** @default - 3, Kubernetes' own */
  readonly failureThreshold?: number;
}

/** Options of an HTTP health check. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Headers to send, by name.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/** What a health check does, without its port: that comes from the container. */
interface Handler {
  readonly field: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec';
  readonly body: Record<string, unknown>;
}

/** How the kubelet asks a container whether it is well. Never by host: probes go to the pod's own address. */
export class HealthCheck {
  /** GET `path`; 200–399 is well. */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    const headers = Object.entries(options.headers ?? {}).map(([name, value]) => ({ name, value }));
    return new HealthCheck({ field: 'httpGet', body: { path, ...(headers.length > 0 ? { httpHeaders: headers } : {}) } }, options);
  }

  /** A TCP connection can be opened. */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ field: 'tcpSocket', body: {} }, options);
  }

  /** The gRPC health checking protocol (https://github.com/grpc/grpc/blob/master/doc/health-checking.md) answers SERVING. */
  public static grpc(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ field: 'grpc', body: {} }, options);
  }

  /** The command, run in the container, exits with 0. */
  public static exec(command: readonly string[], options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ field: 'exec', body: { command: [...command] } }, options);
  }

  private constructor(
    private readonly handler: Handler,
    private readonly options: HealthCheckOptions,
  ) {}

  /**
   * The probe as Kubernetes has it.
   *
   * @internal
   */
  public _render(container: string, firstPort: number | undefined): Record<string, unknown> {
    const { field, body } = this.handler;
    const port = this.options.port ?? firstPort;
    if (field !== 'exec' && port === undefined) {
      throw new Error(
        `container '${container}': its ${field} health check has no port (control LOG-12). Give the container a 'port', or the check a 'port'.`,
      );
    }
    const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = this.options;
    return {
      [field]: field === 'exec' ? body : { ...body, port },
      ...given({ initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold }),
    };
  }
}

function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

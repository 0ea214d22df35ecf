import { HealthCheck } from './health-check';
import type { HealthCheckOptions, HttpHealthCheckOptions } from './health-check';

/** The checks of one container. */
export interface ProbesProps {
  /** Restarts the container when it fails. */
  readonly liveness: HealthCheck;
  /** Takes the pod out of its Services while it fails. */
  readonly readiness: HealthCheck;
  /**
   * Holds the other two back until it has passed once.
   *
   * @default - none
   */
  readonly startup?: HealthCheck;
}

/** Start of the annotation that records why a container has no probes. */
export const NO_PROBES_ANNOTATION = 'cdk8s-hardened/no-probes.';

/** Liveness and readiness of a container, or the reason why it has none. */
export class Probes {
  /**
   * Ready when GET `path` answers; alive when a TCP connection can be opened. Not the same question twice: what makes the
   * path fail, such as a database that is gone, takes the pod out of its Services and does not restart it.
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): Probes {
    const { headers: _headers, ...timing } = options;
    return new Probes({ readiness: HealthCheck.http(path, options), liveness: HealthCheck.tcp(timing) });
  }

  /** A TCP connection for liveness and readiness alike. */
  public static tcp(options: HealthCheckOptions = {}): Probes {
    return Probes.both(HealthCheck.tcp(options));
  }

  /** The gRPC health checking protocol for liveness and readiness alike. */
  public static grpc(options: HealthCheckOptions = {}): Probes {
    return Probes.both(HealthCheck.grpc(options));
  }

  /** A command for liveness and readiness alike. */
  public static exec(command: readonly string[], options: HealthCheckOptions = {}): Probes {
    return Probes.both(HealthCheck.exec(command, options));
  }

  /** Different checks for liveness and readiness. */
  public static of(props: ProbesProps): Probes {
    return new Probes(props);
  }

  /**
   * No probes, with the reason, which is kept as an annotation of the pod.
   *
   * @throws if the reason is empty
   */
  public static none(reason: string): Probes {
    if (reason.trim() === '') {
      throw new Error(
        'Probes.none: the reason is empty. Say why this container needs no probes (control LOG-12), or use Probes.http, .tcp, .grpc or .exec.',
      );
    }
    return new Probes(undefined, reason);
  }

  private static both(check: HealthCheck): Probes {
    return new Probes({ liveness: check, readiness: check });
  }

  private constructor(
    private readonly checks: ProbesProps | undefined,
    /** Why there are none; undefined when there are. */
    public readonly reason?: string,
  ) {}

  /**
   * The probe fields of the container as Kubernetes has them.
   *
   * @internal
   */
  public _render(container: string, firstPort: number | undefined): Record<string, unknown> {
    const { liveness, readiness, startup } = this.checks ?? {};
    return Object.fromEntries(
      [['livenessProbe', liveness] as const, ['readinessProbe', readiness] as const, ['startupProbe', startup] as const].flatMap(
        ([field, check]) => (check ? [[field, check._render(container, firstPort)]] : []),
      ),
    );
  }
}

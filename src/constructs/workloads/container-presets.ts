import { HealthCheck } from './health-check';
import { Probes } from './probes';

/** What a preset fills in; the image always comes from the user, with its digest. */
export interface ContainerPreset {
  readonly port: number;
  readonly portName: string;
  readonly probes: Probes;
  readonly env: Record<string, string>;
  readonly writablePaths: Record<string, string>;
}

/** What well-known images need to run with a read-only root and an arbitrary user id. */
export const CONTAINER_PRESETS = {
  /** https://hub.docker.com/_/nginx and nginxinc/docker-nginx-unprivileged: port 8080, cache, and a pid file outside /run. */
  nginx: {
    port: 8080,
    portName: 'http',
    probes: Probes.http('/'),
    env: {},
    writablePaths: { '/var/cache/nginx': '64Mi', '/var/run': '1Mi' },
  },
  /** https://hub.docker.com/_/postgres, "Arbitrary --user Notes": data in a sub-folder of a writable volume
   * (here an `emptyDir`, which is lost with the pod: give the StatefulSet `storage` at the same path). */
  postgres: {
    port: 5432,
    portName: 'postgres',
    probes: Probes.of({ readiness: HealthCheck.exec(['pg_isready', '--host', '127.0.0.1']), liveness: HealthCheck.tcp() }),
    env: { PGDATA: '/var/lib/postgresql/data/pgdata' },
    writablePaths: { '/var/lib/postgresql/data': '1Gi', '/var/run/postgresql': '1Mi' },
  },
  /** https://hub.docker.com/_/redis: working directory /data. */
  redis: {
    port: 6379,
    portName: 'tcp-redis',
    probes: Probes.of({ readiness: HealthCheck.exec(['redis-cli', 'ping']), liveness: HealthCheck.tcp() }),
    env: {},
    writablePaths: { '/data': '128Mi' },
  },
} as const satisfies Record<string, ContainerPreset>;

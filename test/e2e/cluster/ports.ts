import { randomInt } from 'node:crypto';
import * as net from 'node:net';

/** What listens, each on a loopback port of its own. */
export const LISTENERS = ['apiServer', 'etcdClient', 'etcdPeer', 'etcdMetrics', 'controllerManager', 'scheduler'] as const;

/** Something that listens. */
export type Listener = (typeof LISTENERS)[number];

/** A port for each listener. */
export type Ports = Readonly<Record<Listener, number>>;

/** Below the ports that systems take for connections, which come and go. */
const FIRST = 20_000;
const LAST = 32_000;

/** Ports that are held until what is to listen there starts: two clusters that start at once do not meet. */
export class HeldPorts {
  private constructor(private readonly servers: ReadonlyMap<Listener, net.Server>) {}

  /**
   * Takes free ports, or the wanted ones.
   *
   * @throws if one that is wanted is taken; none is held then
   */
  public static async take(wanted: Partial<Ports> = {}): Promise<HeldPorts> {
    const servers = new Map<Listener, net.Server>();
    const held = new HeldPorts(servers);
    try {
      for (const listener of LISTENERS) {
        servers.set(listener, await take(wanted[listener]));
      }
    } catch (error) {
      await held.release(LISTENERS);
      throw error;
    }
    return held;
  }

  public get ports(): Ports {
    return Object.fromEntries([...this.servers].map(([name, server]) => [name, (server.address() as net.AddressInfo).port])) as Ports;
  }

  /** Lets others listen there; what is free already stays so. */
  public async release(listeners: readonly Listener[]): Promise<void> {
    const held = listeners.flatMap((listener) => this.servers.get(listener) ?? []);
    await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  }
}

async function take(wanted: number | undefined): Promise<net.Server> {
  for (;;) {
    const port = wanted ?? randomInt(FIRST, LAST);
    try {
      return await listen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (wanted !== undefined) {
        throw new Error(`Port ${port} of 127.0.0.1 is taken. Take another, or stop what listens there.`, { cause: error });
      }
    }
  }
}

function listen(port: number): Promise<net.Server> {
  return new Promise((done, failed) => {
    const server = net.createServer();
    server.unref();
    server.once('error', failed);
    server.listen({ port, host: '127.0.0.1' }, () => done(server));
  });
}
